// A picture of a part of a report, as it stands on a desk.
//
//   node picture.mjs REPORT PICTURE.png SELECTOR
//
// Environment: that of browser.mjs.
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './browser.mjs';

const [, , report, picture, selector] = process.argv;

const browser = await launchBrowser();
try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    await page.goto(pathToFileURL(realpathSync(report)).href);
    await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: 120000 });
    await page.locator(selector).first().screenshot({ path: picture });
} finally {
    await browser.close();
}
