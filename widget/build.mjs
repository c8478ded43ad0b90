// Builds dist/ask-myo.js. With --check it builds in memory and fails when the committed file differs.
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const LIMIT = 25_000;
const here = fileURLToPath(new URL('.', import.meta.url));
const target = `${here}dist/ask-myo.js`;

/** The style sheets hold nothing but CSS in a template: comments and line breaks need not travel. */
const squeezeStyles = {
  name: 'squeeze-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]styles[\\/]/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { loader: 'ts', contents: source.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ') };
    });
  },
};

const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/index.ts'],
  bundle: true,
  minify: true,
  // A plain script: it runs with and without type="module", because site builders often drop that.
  format: 'iife',
  target: ['es2021'],
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '/* Ask Myo widget. Apache-2.0. Contains lit, BSD-3-Clause. */' },
  plugins: [squeezeStyles],
  write: false,
});
const code = result.outputFiles[0].text;
const size = gzipSync(code, { level: 9 }).length;

if (size > LIMIT) {
  console.error(`widget/dist/ask-myo.js is ${size} bytes with gzip -9; the limit is ${LIMIT}`);
  process.exit(1);
}
if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== code) {
    console.error('widget/dist/ask-myo.js is stale: run `npm run build` in widget/');
    process.exit(1);
  }
  console.log(`widget/dist/ask-myo.js is up to date (${size} bytes with gzip -9)`);
} else {
  await mkdir(`${here}dist`, { recursive: true });
  await writeFile(target, code);
  console.log(`widget/dist/ask-myo.js written (${size} bytes with gzip -9)`);
}
