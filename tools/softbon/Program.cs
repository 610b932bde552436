using SoftBoN.Tool.Host;
using SoftBoN.Tool;

return ToolApp.Run(args, ToolHost.OfProcess());
