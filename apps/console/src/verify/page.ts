import { readGenesis } from '@dujiang/chain'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { onPreferences, preferences, setPreferences } from '../preferences/store.ts'
import { type Asked, readAddress } from './address.ts'
import { h } from './dom.ts'
import { type Evidence, type Given, cardsIn, genesisIn, isEvidence, keptIn } from './given.ts'
import type { NodeDoor } from './node.ts'
import { type Pin, type Root, knownBy } from './pin.ts'
import { recognise } from './recognise.ts'
import { type Say, sayIn } from './say.ts'
import type { Tampering } from './tamper.ts'
import { offlineView, topView } from './view/frame.ts'
import { type GatherActions, dropView, givenView } from './view/gather.ts'
import { showResult } from './view/result.ts'
import { rootView } from './view/root.ts'
import { type Awaited, awaitedView, emptyView } from './view/waiting.ts'

/** The page that verifies. It has no server of its own: online it reads from the node it came from, offline from what it is given. */
export class VerifyPage implements GatherActions {
  readonly #door: NodeDoor | undefined
  readonly #place: HTMLElement
  readonly #result = h('div', { class: 'evidence' })
  #say: Say = sayIn(preferences().language)
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
      this.#say = sayIn(preferences().language)
      this.#render()
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
    this.#render()
    await Promise.all([this.#learnNode(), this.#open()])
  }

  take(files: Iterable<File>): void {
    void this.#takeAll([...files])
  }

  takeText(text: string): void {
    if (text.trim() === '') return
    this.#add([['JSON', new TextEncoder().encode(text.trim())]])
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
    this.#tampered = undefined
    this.#render()
  }

  async #takeAll(files: readonly File[]): Promise<void> {
    const read = await Promise.all(
      files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
    )
    this.#add(read)
  }

  #add(files: readonly (readonly [name: string, bytes: Uint8Array])[]): void {
    const added = files.map(([name, bytes]): Given => ({ name, dropped: recognise(nobleCrypto, bytes) }))
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
    if ('bytes' in answer) this.#nodeRoot = { founded: readGenesis(nobleCrypto.sha256, answer.bytes), from: 'node' }
    this.#rootLoads = false
    this.#isDemo = isDemo
    this.#render()
  }

  /** What the address asks for. */
  async #open(): Promise<void> {
    const { asked, chain } = readAddress(window.location.hash)
    // What was typed stays; what a link said goes with the link.
    if (chain !== undefined) this.#pin = { chain, by: 'link' }
    else if (this.#pin?.by === 'link') this.#pin = undefined
    if (asked !== undefined) await this.#ask(asked)
    else this.#render()
  }

  async #ask(asked: Asked): Promise<void> {
    if (this.#door === undefined) return
    this.#awaited = { asked }
    this.#current = undefined
    this.#render()
    const answer = await this.#door.evidence(asked)
    if ('bytes' in answer)
      return this.#add([[asked.kind === 'receipt' ? asked.id.slice(0, 12) : asked.key, answer.bytes]])
    this.#awaited = { asked, trouble: answer }
    this.#render()
  }

  get #root(): Root | undefined {
    const founded = genesisIn(this.#given)
    return founded === undefined ? this.#nodeRoot : { founded, from: 'file' }
  }

  #render(): void {
    const say = this.#say
    const { language } = preferences()
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.title = `${say('page.title')} · ${say('product')}`
    const root = this.#root
    const setPin = (pin: Pin | undefined): void => {
      this.#pin = pin
      this.#render()
    }
    const given = givenView(say, this.#given, this.#current, root?.founded.chain, this)
    this.#place.replaceChildren(
      ...(this.#isDemo ? [demoBanner(language)] : []),
      topView(say, language, this.#door === undefined, (chosen) => setPreferences({ language: chosen })),
      h(
        'main',
        { class: 'verify-main' },
        h('header', {}, h('h1', {}, say('page.title')), h('p', { class: 'muted' }, say('page.lead'))),
        h(
          'div',
          { class: 'gather' },
          dropView(say, this),
          given,
          rootView(say, root, this.#pin, this.#rootLoads, setPin),
          this.#door !== undefined && offlineView(say),
        ),
        this.#result,
      ),
    )
    this.#renderResult(root)
  }

  #renderResult(root: Root | undefined): void {
    this.#showing.abort()
    this.#showing = new AbortController()
    if (this.#current === undefined || root === undefined) {
      this.#result.replaceChildren(this.#withoutResult(root))
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

  #withoutResult(root: Root | undefined): HTMLElement {
    const awaited = this.#awaited
    if (awaited !== undefined) return awaitedView(this.#say, awaited, () => void this.#ask(awaited.asked))
    const door = this.#door
    const newest = async (): Promise<void> => {
      const id = await door?.newestReceipt()
      if (id !== undefined) await this.#ask({ kind: 'receipt', id })
    }
    const lacksGenesis = this.#current !== undefined && root === undefined && !this.#rootLoads
    return emptyView(this.#say, lacksGenesis, door && (() => void newest()))
  }
}

/** The words of the market's people stand on every page of a demo, in whatever language the rest is. */
function demoBanner(language: 'zh' | 'en'): HTMLElement {
  const chinese = sayIn('zh')('demo')
  const words = language === 'zh' ? [chinese] : [h('span', { lang: 'zh-CN' }, chinese), sayIn('en')('demo')]
  return h('div', { class: 'banner', role: 'note' }, ...words)
}
