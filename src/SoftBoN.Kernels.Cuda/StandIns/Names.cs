// What the kernels' sources call by the names of the managed library.
global using SelectionNoise = SoftBoN.Kernels.Cuda.CudaNoise;
global using TokenNoise = SoftBoN.Kernels.Cuda.CudaTokenNoise;
global using TokenTiltMode = SoftBoN.Kernels.Cuda.CudaTokenMode;
