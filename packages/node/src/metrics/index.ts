export { countedVerifier, type Instruments, timedApp } from './instruments.ts'
export { NodeMetrics } from './node-metrics.ts'
export { type MetricsDoor, serveMetrics } from './serve.ts'
