// The browser that pages are opened in: playwright's, with no network traffic of its own.
//
// Environment: CHROMIUM, the browser; TOOLS, the folder that npm filled from package.json (tools.sh).
import { createRequire } from 'node:module';

// What npm fetched, by its name.
export const tools = createRequire(`${process.env.TOOLS}/package.json`);

export function launchBrowser() {
    return tools('playwright-core').chromium.launch({
        executablePath: process.env.CHROMIUM,
        headless: true,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
            '--disable-background-networking', '--disable-component-update'],
    });
}
