// node citeproc_once.js ITEMS STYLE: the bibliography as npm's citeproc makes it; the locale lies beside the style.
const fs = require('fs')
const path = require('path')
const CSL = require('citeproc')
const [itemsFile, styleFile] = process.argv.slice(2)
const references = JSON.parse(fs.readFileSync(itemsFile, 'utf8'))
const items = new Map(references.map(item => [item.id, item]))
const locale = fs.readFileSync(path.join(path.dirname(styleFile), 'locale.xml'), 'utf8')
CSL.debug = () => {}
const sys = { retrieveLocale: () => locale, retrieveItem: id => items.get(id) }
const engine = new CSL.Engine(sys, fs.readFileSync(styleFile, 'utf8'))
engine.updateItems([...items.keys()])
process.stdout.write(engine.makeBibliography()[1].join(''))
