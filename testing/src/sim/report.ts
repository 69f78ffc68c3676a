/** What a simulation did: it must have gone somewhere. */
export interface SimReport {
  readonly seed: number
  readonly steps: number
  readonly acts: number
  readonly cleared: number
  readonly traded: number
  readonly published: number
  readonly postponed: number
  readonly voided: number
  readonly moved: number
  readonly refusals: ReadonlyMap<string, number>
  readonly appHash: string
}

/** What a run of a few hundred steps must have met at least once. */
export const REFUSALS_EXPECTED: readonly string[] = [
  'repeated notPermitted overQuota sequenceNotHigher unknownKey notYetOpen gateClosed',
  'unitNotYours notInvited wrongSide notProvincial belowFloor aboveCap offTick offLot stepsOrder',
  'stepEmpty periodsOrder tooManySteps overLimit bothSides sessionFull orderUnknown statusIs',
  'resultDiffers bulletinMissing bulletinDiffers samePerson',
  'changeMissing changeDiffers changeSamePerson tooLateToChange postponeOpened postponeEarlier sessionVoided',
].flatMap((line) => line.split(' '))
