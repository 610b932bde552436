global using SoftBoN.Kernels.Plots.Charts;
