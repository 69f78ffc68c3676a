import { element, table, tabs } from './elements.mjs'
import { formTable, formText } from './forms.mjs'
import { samplesOf } from './samples.mjs'
import { language, said, titleOf, word } from './words.mjs'

const page = await (await fetch('/openapi.json')).json()
const { schemas } = page.components
const at = (id) => document.getElementById(id)

/** Everything that can be found: its place in the page, and the words it is found by. */
const entries = []

document.documentElement.lang = language
at('title').textContent = word.title
at('search-label').textContent = word.search
for (const [name, code] of [
  ['中文', 'zh'],
  ['English', 'en'],
]) {
  const button = element('button', { type: 'button', 'aria-pressed': String(code === language), lang: code }, name)
  button.addEventListener('click', () => (location.search = code === 'zh' ? '' : `?lang=${code}`))
  at('languages').append(button, ' ')
}

const notice = page.info['x-demo']
if (notice !== undefined) at('main').append(element('p', { class: 'notice', role: 'note' }, notice[language]))
at('main').append(element('p', { class: 'quiet' }, said(page.info)))
for (const tag of page.tags) {
  const operations = Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag.name))
      .map(([method, operation]) => routePart(method.toUpperCase(), path, operation)),
  )
  if (operations.length > 0) group(said(tag), operations)
}
group(word.hook, [routePart('POST', '', page.webhooks.receipts.post)])
group(word.acts, actParts(), word.actsIntro)
group(word.refusals, [refusalTable('refusals', page['x-refusals'])])
group(word.problems, [refusalTable('problems', page['x-problems'])])
at('search').addEventListener('input', search)
search()
if (location.hash !== '') at(location.hash.slice(1))?.scrollIntoView()

function group(title, parts, intro = '') {
  at('contents').append(element('strong', {}, title))
  const section = element('section', {}, element('h2', {}, title), intro)
  for (const { id, name, body, words } of parts) {
    const link = element('a', { href: `#${id}`, title: name }, name)
    at('contents').append(link)
    section.append(body)
    entries.push({ body, link, words: words.toLowerCase() })
  }
  at('main').append(section)
}

function routePart(method, path, operation) {
  const { parameters = [], requestBody, responses, operationId } = operation
  const title = titleOf(operation)
  const rows = parameters.map((each) => [code(each.name), each.in, code(formText(each.schema)), said(each)])
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const body = element(
    'article',
    {},
    element('h3', { id: operationId }, element('span', { class: 'method' }, method), ' ', code(path)),
    element('p', {}, title),
    ...(rows.length === 0
      ? []
      : [heading(word.parameters), table([word.name, word.in, word.form, word.meaning], rows)]),
    ...(type === undefined ? [] : [heading(`${word.body} · ${type}`), formTable(media.schema, schemas)]),
    heading(word.answers),
    ...Object.entries(responses).map(([status, response]) => answerPart(status, response)),
    ...(path === '' ? [] : [heading(word.examples), tabs(word.examples, samplesOf(method, path, operation))]),
  )
  return { id: operationId, name: path === '' ? title : `${method} ${path}`, body, words: `${method} ${path} ${title}` }
}

function answerPart(status, response) {
  const { content = {} } = response
  const [type, media] = Object.entries(content)[0] ?? []
  const known = word.statuses[status]
  const details = element('details', {}, element('summary', {}, `${status} ${known ?? said(response)}`))
  if (known !== undefined) details.append(element('p', {}, said(response)))
  const fill = () =>
    type !== undefined && details.append(element('p', { class: 'quiet' }, type), formTable(media.schema, schemas))
  details.addEventListener('toggle', fill, { once: true })
  return details
}

function actParts() {
  return Object.entries(schemas)
    .filter(([, schema]) => schema['x-stage'] !== undefined)
    .map(([name, schema]) => {
      const refusals = page['x-refusals'].filter(({ family }) => family === schema['x-family'])
      const list = element('details', {}, element('summary', {}, word.refusals), refusalRows(refusals))
      const example = element('pre', { tabindex: '0' }, JSON.stringify(schema.examples[0], undefined, 2))
      const body = element(
        'article',
        {},
        element('h3', { id: name }, code(name)),
        element(
          'p',
          {},
          titleOf(schema),
          element('span', { class: 'quiet' }, ` · ${word.roles}: ${schema['x-roles'].join(', ')}`),
        ),
        formTable(schema, schemas),
        heading(word.example),
        example,
        list,
      )
      return { id: name, name, body, words: `${name} ${schema.title} ${schema['x-title-zh']}` }
    })
}

function refusalTable(id, rows) {
  const body = element('article', { id }, refusalRows(rows))
  const words = rows.map(({ code: number, name, zh, en }) => `${number} ${name} ${zh} ${en}`).join(' ')
  return { id, name: `${rows[0]?.code ?? ''} … ${rows.at(-1)?.code ?? ''}`, body, words }
}

function refusalRows(rows) {
  return table(
    [word.number, word.name, word.sentence, word.retry],
    rows.map((row) => [String(row.code), code(row.name), row[language], row.retry ? word.yes : word.no]),
  )
}

/** Shows what has all the words in it, and hides the rest. */
function search() {
  const wanted = at('search').value.toLowerCase().split(/\s+/)
  let found = 0
  for (const { body, link, words } of entries) {
    const shown = wanted.every((each) => words.includes(each))
    body.hidden = link.hidden = !shown
    if (shown) found += 1
  }
  at('nothing')?.remove()
  if (found === 0) at('main').prepend(element('p', { id: 'nothing', role: 'status' }, word.nothing))
}

function heading(text) {
  return element('h4', {}, text)
}

function code(text) {
  return element('code', {}, text)
}
