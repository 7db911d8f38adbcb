// Posters to AVIF, JPEG and one line of placeholders.csv each: node encode.cjs <folder of png> <out>
const fs = require('fs'), path = require('path')
const sharp = require(require.resolve('sharp', { paths: [path.join(__dirname, 'build'), process.cwd()] }))
const [src, out] = process.argv.slice(2)
const order = fs.readFileSync(path.join(__dirname, 'products.csv'), 'utf8').trim().split('\n').slice(1).map(l => l.split(',')[0])

async function fit(make, limit, q, low) {
  for (;;) {
    const b = await make(q)
    if (b.length <= limit || q <= low) return b
    q -= 4
  }
}

(async () => {
  const lines = []
  for (const slug of order) {
    const file = path.join(src, slug + '.png')
    if (!fs.existsSync(file)) continue
    const save = (name, b) => (fs.writeFileSync(path.join(out, slug + name), b), b.length)
    const avif = w => q => sharp(file).resize(w).avif({ quality: q, effort: 4, chromaSubsampling: '4:4:4' }).toBuffer()
    const last = path.join(out, slug + '-540.jpg')
    const fresh = fs.existsSync(last) && fs.statSync(last).mtimeMs > fs.statSync(file).mtimeMs
    const sizes = fresh ? ['unchanged'] : [
      save('-540.avif', await fit(avif(540), 20000, 62, 40)),
      save('-270.avif', await fit(avif(270), 9000, 60, 40)),
      save('-540.jpg', await fit(q => sharp(file).jpeg({ quality: q, mozjpeg: true }).toBuffer(), 30000, 84, 50)),
    ]
    const tiny = await fit(q => sharp(file).resize(9, 16, { fit: 'fill' }).webp({ quality: q, effort: 6, smartSubsample: true }).toBuffer(), 146, 60, 5)
    const line = slug + ',' + tiny.toString('base64')
    lines.push(line)
    console.log(slug, ...sizes, tiny.toString('base64').length)
  }
  fs.writeFileSync(path.join(out, 'placeholders.csv'), 'slug,webp\n' + lines.join('\n') + '\n')
})()
