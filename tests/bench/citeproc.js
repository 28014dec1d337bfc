// Runs npm's citeproc (citeproc-js) on requests from standard input; see csl.py and csl_compare.py.
// {"locales": {lang: xml}, "requests": [{"style": xml, "lang": "", "items": [...],
//   "citations": [{citationItems, properties}]}]}
// -> [{"bibliography": [[id, text]], "citations": [text], "cpu": seconds, "layout": {...}} or {"error": text}]
const fs = require('fs')
const CSL = require('citeproc')

function run (request, locales) {
  const items = new Map(request.items.map(item => [item.id, item]))
  const start = process.cpuUsage()
  const sys = {
    retrieveLocale: lang => locales[lang] || locales['en-US'],
    retrieveItem: id => items.get(id)
  }
  const engine = new CSL.Engine(sys, request.style, request.lang || undefined, Boolean(request.lang))
  const clusters = (request.citations || []).map((citation, index) =>
    Object.assign(JSON.parse(JSON.stringify(citation)), { citationID: `c${index}` }))
  const cited = new Set(clusters.flatMap(citation => citation.citationItems.map(cite => cite.id)))
  engine.updateUncitedItems(request.items.map(item => item.id).filter(id => !cited.has(id)))
  const citations = []
  const before = []
  for (const cluster of clusters) {
    for (const [place, text] of engine.processCitationCluster(cluster, before, [])[1]) citations[place] = text
    before.push([cluster.citationID, cluster.properties.noteIndex || 0])
  }
  const made = engine.makeBibliography()
  let ids = made ? made[0].entry_ids.map(each => each[0]) : []
  if (made && ids.length !== made[1].length) {
    // entry_ids also holds items that render nothing.
    ids = ids.filter(id => engine.makeBibliography({ include: [{ field: 'id', value: id }] })[1].length)
  }
  const bibliography = ids.map((id, index) => [id, made[1][index]])
  const used = process.cpuUsage(start)
  return { bibliography, citations, cpu: (used.user + used.system) / 1e6 }
}

CSL.debug = () => {}
const input = JSON.parse(fs.readFileSync(0, 'utf8'))
const answers = input.requests.map(request => {
  try {
    return run(request, input.locales)
  } catch (error) {
    return { error: String(error && error.message ? error.message : error).slice(0, 300) }
  }
})
process.stdout.write(JSON.stringify(answers))
