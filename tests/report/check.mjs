// Opens a report as a reader would, with no network, on a desk, on a phone and on paper, and says
// what is wrong with it: a line "ok ..." or "not ok ..." a check. tests/check_report calls it.
//
//   node check.mjs REPORT [--charts COUNT] [--lives VALUE] [--focus PLACE] [--text TEXT]...
//
// --charts: no fewer than these. --lives: the headline's number. --focus: the place that the report
// begins with. --text: what must be readable as it is, whatever it would mean as markup.
// --patience: milliseconds to wait for the charts, a minute unless said otherwise.
// Several are parted by --; a line "# page REPORT" comes before what is said of each.
// Environment: that of browser.mjs.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { launchBrowser, tools } from './browser.mjs';

const axeSource = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const PAPER = { width: 718, height: 1000 }; // A4 less 10 mm on each side
const LARGEST_BYTES = 4e6;
const LONGEST_MS = 60000;

function options(argv) {
    const given = { report: argv[0], texts: [], charts: 0, patience: LONGEST_MS };
    for (let i = 1; i < argv.length; i += 2) {
        if (argv[i] === '--text') given.texts.push(argv[i + 1]);
        else given[argv[i].slice(2)] = argv[i + 1];
    }
    return given;
}

function parted(argv) {
    const end = argv.indexOf('--');
    return end < 0 ? [argv] : [argv.slice(0, end), ...parted(argv.slice(end + 1))];
}

// A line a check; of what is wrong no more than a screen shows.
function say(title, faults) {
    if (faults.length === 0) return console.log(`ok ${title}`);
    console.log(`not ok ${title}`);
    for (const fault of faults.slice(0, 12)) console.log(`    ${fault}`);
    if (faults.length > 12) console.log(`    and ${faults.length - 12} more`);
    process.exitCode = 1;
}

// --- in the page: these run there, so they use nothing from here -----------------------------------

function chartFaults(least) {
    const faults = [];
    const figures = document.querySelectorAll('figure[data-chart]');
    if (figures.length < least) faults.push(`${figures.length} charts, not ${least} or more`);
    for (const figure of figures) {
        const name = figure.dataset.chart;
        const svg = figure.querySelector('.chart svg');
        if (!svg) {
            if (!figure.querySelector('.chart canvas')) faults.push(`${name}: no svg`);
            continue;
        }
        // A line or an area is one item whatever its rows; of all else each row has one at least.
        const whole = svg.querySelector('.role-mark.mark-line, .role-mark.mark-area');
        const items = Array.from(svg.querySelectorAll('.role-mark'))
            .filter(mark => !mark.matches('.mark-group'))
            .reduce((sum, mark) => sum + mark.childElementCount, 0);
        const rows = whole ? 1 : Number(figure.dataset.rows || 1);
        if (items < rows) faults.push(`${name}: ${items} marks for ${rows} rows`);
        if (items === 0) faults.push(`${name}: no marks`);
        const { width, height } = svg.getBoundingClientRect();
        if (width < 50 || height < 20) faults.push(`${name}: ${width} by ${height} pixels`);
        if (/ (d|transform|x|y|width|height)="[^"]*(NaN|undefined|Infinity)/.test(svg.outerHTML))
            faults.push(`${name}: coordinates that are no numbers`);
    }
    return faults;
}

// Elements that stick out of the page to the right and that nobody can scroll by themselves.
function wideFaults() {
    const page = document.scrollingElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const faults = [`the page is ${page.scrollWidth} pixels wide and the screen ${page.clientWidth}`];
    const scrolls = element => element && element !== document.body &&
        (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    for (const element of document.body.querySelectorAll('*')) {
        const right = element.getBoundingClientRect().right;
        if (right > page.clientWidth + 0.5 && !scrolls(element.parentElement))
            faults.push(`${element.tagName.toLowerCase()}${element.id && '#' + element.id}` +
                `.${element.getAttribute('class') ?? ''} reaches ${Math.round(right)}`);
    }
    return faults;
}

function paperFaults() {
    const width = document.documentElement.clientWidth;
    const name = element => element.closest('figure')?.dataset.chart || element.closest('section')?.id;
    return Array.from(document.querySelectorAll('table, .chart svg'))
        .filter(element => element.getClientRects().length > 0)
        .filter(element => element.getBoundingClientRect().right > width + 0.5)
        .map(element => `${element.tagName} in ${name(element)} is ` +
            `${Math.round(element.getBoundingClientRect().width)} wide on a page of ${width}`);
}

// What no text of a scenario may become.
function markupFaults() {
    const faults = [];
    for (const element of document.querySelectorAll('*'))
        for (const { name } of element.attributes)
            if (/^on/i.test(name)) faults.push(`<${element.tagName.toLowerCase()} ${name}>`);
    for (const element of document.querySelectorAll('script[src], iframe, object, embed, base, link'))
        faults.push(`<${element.tagName.toLowerCase()}>`);
    for (const image of document.querySelectorAll('img, image'))
        if (!/^(data|blob):/.test(image.getAttribute('src') ?? image.getAttribute('href') ?? 'data:'))
            faults.push('an image from elsewhere');
    for (const script of document.scripts)
        if (/^\s*alert\(/.test(script.textContent)) faults.push('a name has become a script');
    return faults;
}

// Points at some marks of every chart: what a tooltip shows is text in a table, no more.
function tooltipFaults() {
    const faults = new Set();
    for (const svg of document.querySelectorAll('figure[data-chart] .chart svg'))
        for (const mark of Array.from(svg.querySelectorAll('.role-mark > *')).slice(0, 40)) {
            const { x, y, width, height } = mark.getBoundingClientRect();
            for (const type of ['pointerover', 'pointermove', 'mousemove'])
                mark.dispatchEvent(new PointerEvent(type,
                    { bubbles: true, clientX: x + width / 2, clientY: y + height / 2 }));
            for (const element of document.querySelectorAll('#vg-tooltip-element *'))
                if (!/^(h2|table|tbody|tr|td|span)$/i.test(element.tagName))
                    faults.add(`a tooltip has a <${element.tagName.toLowerCase()}>`);
            mark.dispatchEvent(new PointerEvent('pointerout', { bubbles: true }));
        }
    document.getElementById('vg-tooltip-element')?.remove();
    return Array.from(faults);
}

// Opens all that can be opened, but for the charts' menus, which overlap; and of what repeats, rows
// and marks, leaves the first few, since a thousand alike tell no more and take minutes.
function thinOut() {
    document.querySelectorAll('details:not(.vega-embed *)').forEach(details => { details.open = true; });
    for (const many of document.querySelectorAll('tbody, .role-mark'))
        Array.from(many.children).slice(8).forEach(child => child.remove());
}

function hasDarkColours() {
    return Array.from(document.styleSheets).flatMap(sheet => Array.from(sheet.cssRules))
        .some(rule => rule.media?.mediaText.includes('prefers-color-scheme'));
}

async function axeFaults() {
    const found = await axe.run(document, {
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] },
        resultTypes: ['violations'],
    });
    return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, impact, nodes }) => nodes.slice(0, 4).map((node, i) =>
            `${id} (${impact}${i ? '' : `, ${nodes.length} in all`}): ${node.target.join(' ')}: ` +
            `${node.any[0]?.message ?? node.all[0]?.message ?? ''}`));
}

// --- the checks -----------------------------------------------------------------------------------

async function paper(page, drawnOnPaper) {
    await page.setViewportSize(PAPER);
    await page.emulateMedia({ media: 'print' });
    await drawnOnPaper();
    const faults = await page.evaluate(paperFaults);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    if (pdf.subarray(0, 5).toString() !== '%PDF-' || pdf.length < 1000)
        faults.push(`a PDF of ${pdf.length} bytes`);
    await page.emulateMedia({ media: 'screen' });
    return faults;
}

async function accessible(page) {
    const faults = [];
    await page.setViewportSize(DESK);
    await page.evaluate(thinOut);
    await page.evaluate(axeSource);
    const schemes = await page.evaluate(hasDarkColours) ? ['light', 'dark'] : ['light'];
    for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        for (const fault of await page.evaluate(axeFaults)) faults.push(`${colorScheme}: ${fault}`);
    }
    return faults;
}

async function expected(page, given) {
    if (given.lives !== undefined) {
        const shown = await page.evaluate(() =>
            document.querySelector('#answer [data-metric="lives_saved"]')?.dataset.value);
        const same = Math.abs(Number(shown ?? NaN) - Number(given.lives)) <= 1e-8 * Math.abs(given.lives);
        say('the headline says what differences.csv says',
            same ? [] : [`it says ${shown} and the table ${given.lives}`]);
    }
    if (given.focus !== undefined) {
        const first = await page.evaluate(() => {
            const section = document.querySelector('section');
            return { id: section?.id, text: section?.textContent ?? '' };
        });
        say(`it begins with ${given.focus}`, first.id === 'place' && first.text.includes(given.focus)
            ? [] : [`the first section is ${first.id}: ${first.text.slice(0, 200)}`]);
    }
    const text = await page.evaluate(() => document.body.textContent);
    for (const wanted of given.texts)
        say(`it shows ${wanted}`, text.includes(wanted) ? [] : ['not found as text']);
}

async function check(browser, given) {
    const url = pathToFileURL(realpathSync(given.report)).href;
    const context = await browser.newContext({ viewport: DESK });
    const page = await context.newPage();
    const requests = [], messages = [], dialogs = [];
    await context.setOffline(true);
    await page.route(address => address.href !== url && !/^(data|blob):$/.test(address.protocol),
        route => { requests.push(route.request().url()); return route.abort(); });
    page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) messages.push(message.text().slice(0, 300));
    });
    page.on('pageerror', error => messages.push(String(error).slice(0, 300)));
    page.on('dialog', dialog => { dialogs.push(dialog.message()); return dialog.dismiss(); });

    const began = performance.now();
    await page.goto(url);
    const state = await page.waitForFunction(() => document.documentElement.dataset.ready, null,
        { timeout: Number(given.patience) }).then(handle => handle.jsonValue(), () => 'never');
    const took = performance.now() - began;
    // Charts as wide as the page are drawn anew when that changes.
    const settle = () => page.waitForTimeout(300);

    say('every chart is drawn', state === '1' ? [] : [`data-ready: ${state}`]);
    say('every chart has its marks', await page.evaluate(chartFaults, Number(given.charts)));
    await expected(page, given);
    say('nothing of the data is markup', await page.evaluate(markupFaults));
    say('tooltips hold text alone', await page.evaluate(tooltipFaults));
    await page.setViewportSize(PHONE);
    await settle();
    say('no sideways scrolling on a phone', await page.evaluate(wideFaults));
    say('it fits on paper', await paper(page, settle));
    say('accessible', await accessible(page));
    say('nothing is fetched', requests.map(request => request.slice(0, 200)));
    say('nothing in the console', messages);
    say('no dialog', dialogs);
    const { size } = statSync(given.report);
    say('not too large to be sent', size < LARGEST_BYTES ? [] : [`${size} bytes`]);
    console.log(`# drawn after ${Math.round(took)} ms; ${(size / 1e6).toFixed(2)} MB`);
    await context.close();
}

const browser = await launchBrowser();
try {
    for (const given of parted(process.argv.slice(2)).map(options)) {
        console.log(`# page ${given.report}`);
        await check(browser, given);
    }
} finally {
    await browser.close();
}
