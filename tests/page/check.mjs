// Opens pages in headless Chromium and prints everything that is wrong with them as one JSON array of sentences.
//
// Usage: node check.mjs CHROMIUM PAGE.html...   (with axe-core and playwright-core in node_modules beside this file)
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const [executablePath, ...pages] = process.argv.slice(2);
const faults = [];

// A fresh, empty profile is made by launch() itself.
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
for (const file of pages) {
  const url = pathToFileURL(file).href;
  const say = (what) => faults.push(`${file}: ${what}`);
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.on('console', (message) => say(`console: ${message.text()}`));
  page.on('pageerror', (error) => say(`error: ${error.message}`));
  page.on('request', (request) => { if (request.url() !== url) say(`asks for ${request.url()}`); });
  await page.goto(url);

  // What is folded away must be as good as the rest.
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await page.evaluate(axe);
  for (const width of [1200, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values }), rules);
    for (const { id, help, nodes } of found.violations) {
      for (const node of nodes) say(`${width} px: ${id}: ${help}: ${node.html.slice(0, 160)}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) say(`scrolls sideways at ${width} px: it is ${wide} px wide`);
  }
  const headings = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1])));
  if (headings.filter((level) => level === 1).length !== 1) say('does not have exactly one h1');
  headings.forEach((level, i) => { if (i > 0 && level > headings[i - 1] + 1) say(`skips a heading level at heading ${i + 1}`); });

  // On paper nothing may stick out at the right of a sheet of A4 (180 mm between the margins is 680 px).
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 1000 });
  const printed = await page.evaluate(() => document.documentElement.scrollWidth);
  if (printed > 680) say(`is ${printed} px wide on paper of 680 px`);
  await page.close();
}
await browser.close();
console.log(JSON.stringify(faults));
