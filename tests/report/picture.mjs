// A picture of a part of a report, as it stands on a desk.
//
//   node picture.mjs REPORT PICTURE.png SELECTOR
//
// Environment: CHROMIUM, TOOLS (tools.sh).
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(`${process.env.TOOLS}/package.json`)('playwright-core');
const [, , report, picture, selector] = process.argv;

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    await page.goto(pathToFileURL(realpathSync(report)).href);
    await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: 120000 });
    await page.locator(selector).first().screenshot({ path: picture });
} finally {
    await browser.close();
}
