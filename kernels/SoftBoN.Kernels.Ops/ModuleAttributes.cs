// Scratch on the stack is written before it is read; zeroing it first costs more than short rows do.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
