/** 10 000 yuan/MWh, either sign. */
export const PRICE_MAX = 1_000_000_000

/**
 * 100 TWh: more than any unit sells in a year, so that a wrong unit of measure is noticed, and so little that the steps
 * of one period of one order add up exactly.
 */
export const VOLUME_WH_MAX = 100_000_000_000_000

export const PERIODS_MAX = 96
/** 400 days: a year ahead is announced, a gate in a wrong unit of time is noticed. */
export const GATE_AFTER_MS_MAX = 400 * 86_400_000

/** 30 days: a session that is void is held anew within them, and what was bid in it is nobody's to read before. */
export const SEALED_AFTER_VOID_MS = 30 * 86_400_000

/** Steps in a period, whatever a notice says. */
export const STEPS_MAX = 20
