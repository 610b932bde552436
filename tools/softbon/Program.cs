using SoftBoN.Tool;
using SoftBoN.Tool.Host;

return ToolApp.Run(args, ToolHost.OfProcess());
