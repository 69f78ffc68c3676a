import { plainKeyFile } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Route, ok } from '@dujiang/node/api'
import { type Member, members } from '@dujiang/testing/province'
import type { DemoKeys } from './demo-keys.ts'

/**
 * The door through which a demo gives away the keys of its invented people, so that anybody can be any of them. Only this app
 * has it, and it runs no ledger but a demo's.
 * @param among whose people they are
 */
export function sampleIdentities(keys: DemoKeys, among: readonly Member[] = members): Route {
  return {
    method: 'GET',
    path: '/demo/identities',
    title: { zh: '示例身份及其密钥（仅演示链）', en: 'The sample identities with their keys, on a demo chain only' },
    params: [],
    answers: { 200: 'Everybody of the sample province, with the key file of each' },
    ownPagesOnly: true,
    handle: () => ok({ identities: identitiesOf(keys, among) }),
  }
}

function identitiesOf(keys: DemoKeys, among: readonly Member[]) {
  return among.flatMap(({ org, name, role, people }) =>
    people.map((person) => {
      const by = { org, person }
      const key = plainKeyFile(nodeCrypto.sha256, org, keys.of(by), keys.secretOf(by))
      return { org, person, name, role, key }
    }),
  )
}
