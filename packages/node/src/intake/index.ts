export { Intake } from './intake.ts'
export { Promises } from './promises.ts'
export { promiseHolds } from './promise.ts'
export { Room } from './room.ts'
