import type { tourWords } from './tour-words.ts'

export type TourName = 'trader' | 'clerk'
type TitleOf<Word> = Word extends `${infer Name}.text` ? Name : never
export type StepName = TitleOf<(typeof tourWords)['keys'][number]>

export interface Tour {
  readonly name: TourName
  readonly steps: readonly StepName[]
}

export const TOURS: readonly Tour[] = [
  { name: 'trader', steps: ['who', 'find', 'bid', 'proof'] },
  { name: 'clerk', steps: ['who', 'announce', 'others', 'gate', 'check', 'publish'] },
]
