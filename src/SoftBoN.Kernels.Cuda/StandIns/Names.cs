// What the kernels' sources call by the names of the managed library.
global using RewardCalibrationKind = SoftBoN.Kernels.Cuda.CudaCalibrationKind;
global using RewardPoolingKind = SoftBoN.Kernels.Cuda.CudaPoolingKind;
global using RewardStepKind = SoftBoN.Kernels.Cuda.CudaStepKind;
global using SelectionNoise = SoftBoN.Kernels.Cuda.CudaNoise;
global using TokenNoise = SoftBoN.Kernels.Cuda.CudaTokenNoise;
global using TokenTiltMode = SoftBoN.Kernels.Cuda.CudaTokenMode;
