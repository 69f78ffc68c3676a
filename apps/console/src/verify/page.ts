import { nobleCrypto } from '@dujiang/crypto/noble'
import { onPreferences, preferences, setPreferences } from '../preferences/store.ts'
import { type Asked, readAddress } from './address.ts'
import { h, redraw } from './dom.ts'
import { type Evidence, type Given, cardsIn, genesisIn, givenBytes, givenFile, isEvidence, keptIn } from './given.ts'
import type { NodeDoor } from './node.ts'
import { type Pin, type Root, knownBy } from './pin.ts'
import { recognise } from './recognise.ts'
import { type Say, sayIn } from './say.ts'
import type { Tampering } from './tamper.ts'
import { demoBanner } from './view/banner.ts'
import { offlineView, topView } from './view/frame.ts'
import { type GatherActions, dropView, givenView } from './view/gather.ts'
import { showResult } from './view/result.ts'
import { rootLines, rootView } from './view/root.ts'
import { type Awaited, awaitedView, emptyView } from './view/waiting.ts'

/** The page that verifies. It has no server of its own: online it reads from the node it came from, offline from what it is given. */
export class VerifyPage implements GatherActions {
  readonly #door: NodeDoor | undefined
  readonly #place: HTMLElement
  /** What changes while one reads or types stands by itself; the rest is drawn once for each language. */
  readonly #slots = {
    banner: h('div', { class: 'slot' }),
    given: h('div', { class: 'slot' }),
    root: h('div', { class: 'slot' }),
  }
  readonly #result = h('div', { class: 'evidence' })
  /** What the result was made of: of the same it is not made again. */
  #resultOf: readonly unknown[] = []
  #language = preferences().language
  #say: Say = sayIn(this.#language)
  #given: readonly Given[] = []
  #current: Evidence | undefined
  #nodeRoot: Root | undefined
  #pin: Pin | undefined
  #tampered: Tampering | undefined
  #awaited: Awaited | undefined
  #isDemo = false
  #rootLoads = false
  #showing = new AbortController()

  constructor(place: HTMLElement, door: NodeDoor | undefined) {
    this.#place = place
    this.#door = door
    onPreferences(() => {
      const { language } = preferences()
      if (language === this.#language) return
      this.#language = language
      this.#say = sayIn(language)
      this.#renderAll()
    })
    document.addEventListener('dragover', (event) => event.preventDefault())
    document.addEventListener('drop', (event) => {
      event.preventDefault()
      this.take([...(event.dataTransfer?.files ?? [])])
    })
    window.addEventListener('hashchange', () => void this.#open())
  }

  async start(): Promise<void> {
    this.#rootLoads = this.#door !== undefined
    this.#renderAll()
    await Promise.all([this.#learnNode(), this.#open()])
  }

  take(files: Iterable<File>): void {
    void this.#takeAll([...files])
  }

  takeText(text: string): void {
    if (text.trim() === '') return
    this.#add([givenBytes('JSON', new TextEncoder().encode(text.trim()))])
  }

  remove(given: Given): void {
    this.#given = this.#given.filter((each) => each !== given)
    if (given === this.#current) this.#current = this.#given.findLast(isEvidence)
    this.#tampered = undefined
    this.#render()
  }

  choose(given: Given): void {
    if (!isEvidence(given)) return
    this.#current = given
    this.#awaited = undefined
    this.#tampered = undefined
    this.#render()
  }

  async #takeAll(files: readonly File[]): Promise<void> {
    this.#add(await Promise.all(files.map(givenFile)))
  }

  #add(added: readonly Given[]): void {
    this.#given = [...this.#given, ...added]
    const evidence = added.findLast(isEvidence)
    if (evidence !== undefined) {
      this.#current = evidence
      this.#awaited = undefined
    }
    this.#tampered = undefined
    this.#render()
  }

  async #learnNode(): Promise<void> {
    if (this.#door === undefined) return
    const [answer, isDemo] = await Promise.all([this.#door.genesis(), this.#door.isDemo()])
    const dropped = 'bytes' in answer ? recognise(nobleCrypto, answer.bytes) : undefined
    if (dropped?.kind === 'genesis') this.#nodeRoot = { founded: dropped.founded, from: 'node' }
    this.#rootLoads = false
    this.#isDemo = isDemo
    this.#render()
  }

  /** What the address asks for. */
  async #open(): Promise<void> {
    const { asked, chain } = readAddress(window.location.hash)
    // What was typed stays; what a link said goes with the link.
    if (chain !== undefined) this.#setLinkPin(chain)
    else if (this.#pin?.by === 'link') this.#pin = undefined
    if (asked !== undefined) return this.#ask(asked)
    this.#awaited = undefined
    this.#render()
  }

  /** A fingerprint typed before does not stand beside it as if it were the one compared. */
  #setLinkPin(chain: string): void {
    const typed = this.#place.querySelector<HTMLInputElement>('#print')
    if (this.#pin?.by === 'typed' && typed !== null) typed.value = ''
    this.#pin = { chain, by: 'link' }
  }

  async #ask(asked: Asked): Promise<void> {
    if (this.#door === undefined) return
    const awaited = { asked }
    this.#awaited = awaited
    this.#current = undefined
    this.#render()
    const answer = await this.#door.evidence(asked)
    // Something else has been asked for, or given, meanwhile.
    if (this.#awaited !== awaited) return
    this.#awaited = 'bytes' in answer ? undefined : { asked, trouble: answer }
    if (!('bytes' in answer)) return this.#render()
    this.#add([givenBytes(asked.kind === 'receipt' ? asked.id.slice(0, 12) : asked.key, answer.bytes)])
  }

  get #root(): Root | undefined {
    const founded = genesisIn(this.#given)
    return founded === undefined ? this.#nodeRoot : { founded, from: 'file' }
  }

  /** The whole page, in the language chosen. */
  #renderAll(): void {
    const say = this.#say
    document.documentElement.lang = this.#language === 'zh' ? 'zh-CN' : 'en'
    document.title = `${say('page.title')} · ${say('product')}`
    const setPin = (pin: Pin | undefined): void => {
      this.#pin = pin
      this.#render()
    }
    const gather = h(
      'div',
      { class: 'gather' },
      dropView(say, this),
      this.#slots.given,
      rootView(say, this.#slots.root, setPin),
      this.#door !== undefined && offlineView(say),
    )
    const head = h('header', {}, h('h1', {}, say('page.title')), h('p', { class: 'muted' }, say('page.lead')))
    const top = topView(say, this.#language, this.#door === undefined, (language) => setPreferences({ language }))
    redraw(this.#place, () => {
      const main = h('main', { class: 'verify-main' }, head, gather, this.#result)
      this.#place.replaceChildren(this.#slots.banner, top, main)
      this.#render()
    })
  }

  /** What may have changed: nothing that somebody is typing in. */
  #render(): void {
    const { banner, given, root: rootSlot } = this.#slots
    const root = this.#root
    const list = givenView(this.#say, this.#given, this.#current, root?.founded.chain, this)
    redraw(this.#place, () => {
      banner.replaceChildren(...(this.#isDemo ? [demoBanner(this.#language)] : []))
      given.replaceChildren(...(list === undefined ? [] : [list]))
      rootSlot.replaceChildren(...rootLines(this.#say, root, this.#pin, this.#rootLoads))
    })
    this.#renderResult(root)
  }

  #renderResult(root: Root | undefined): void {
    const lacksGenesis = this.#current !== undefined && root === undefined && !this.#rootLoads
    const of = [
      this.#say,
      this.#given,
      this.#current,
      root?.founded,
      root?.from,
      this.#pin,
      this.#tampered,
      this.#awaited,
      lacksGenesis,
    ]
    if (of.every((each, at) => each === this.#resultOf[at])) return
    this.#resultOf = of
    this.#showing.abort()
    this.#showing = new AbortController()
    if (this.#current === undefined || root === undefined) {
      redraw(this.#result, () => this.#result.replaceChildren(this.#withoutResult(lacksGenesis)))
      return
    }
    const { signal } = this.#showing
    const { founded } = root
    const options = {
      say: this.#say,
      beside: { founded, kept: keptIn(this.#given, founded.chain), cards: cardsIn(this.#given) },
      known: knownBy(root, this.#pin),
      pinned: this.#pin?.chain ?? founded.chain,
      isOffline: this.#door === undefined,
      isWithin: false,
      tampered: this.#tampered,
      setTampered: (next: Tampering | undefined): void => {
        this.#tampered = next
        this.#renderResult(this.#root)
      },
    }
    void showResult(this.#result, this.#current, options, signal).catch((cause: unknown) => {
      // Another file was taken up while this one was being shown.
      if (!signal.aborted) throw cause
    })
  }

  #withoutResult(lacksGenesis: boolean): HTMLElement {
    const awaited = this.#awaited
    if (awaited !== undefined) return awaitedView(this.#say, awaited, () => void this.#ask(awaited.asked))
    const door = this.#door
    const newest = async (): Promise<void> => {
      const id = await door?.newestReceipt()
      const isStillWanted = this.#current === undefined && this.#awaited === undefined
      if (id !== undefined && isStillWanted) await this.#ask({ kind: 'receipt', id })
    }
    return emptyView(this.#say, lacksGenesis, door && (() => void newest()))
  }
}
