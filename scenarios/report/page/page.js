'use strict';
/* Draws every chart of the report. The page is whole without it: each chart's figures stand in a
 * table below it. data-ready on the root tells a test, or a printer's script, that all is drawn. */
(function () {
    const root = document.documentElement;
    const theme = JSON.parse(document.getElementById('theme').textContent);
    const boundaries = document.getElementById('boundaries');
    const shapes = boundaries ? JSON.parse(boundaries.textContent).features : [];

    /* A chart of bands fits its width alone, which is meant, and no cause for a warning. */
    const logger = vega.logger(vega.Warn);
    const warn = logger.warn;
    logger.warn = function (message) {
        return /^Dropping "fit-y"/.test(message) ? logger : warn.apply(logger, arguments);
    };

    function options(figure) {
        return {
            logger: logger,
            config: theme,
            renderer: 'svg',
            ast: true, /* expressions are interpreted: the page allows no code to be made */
            downloadFileName: figure.dataset.chart,
            tooltip: { theme: 'custom' },
            i18n: { CLICK_TO_VIEW_ACTIONS: 'Save this chart', SVG_ACTION: 'Save as SVG', PNG_ACTION: 'Save as PNG' },
            actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false }
        };
    }

    async function draw(figure) {
        const spec = JSON.parse(figure.querySelector('script').textContent);
        spec.datasets.boundaries = shapes;
        const drawn = await vegaEmbed(figure.querySelector('.chart'), spec, options(figure));
        await drawn.view.runAsync();
        /* Three dots are no name. */
        const menu = figure.querySelector('.chart summary');
        menu.setAttribute('aria-label', 'Save the chart ' + figure.querySelector('figcaption strong').textContent);
    }

    /* What is folded away on the screen stands open on paper, and is folded again afterwards. */
    const folded = [];
    addEventListener('beforeprint', function () {
        document.querySelectorAll('details.prints:not([open])').forEach(function (details) {
            details.open = true;
            folded.push(details);
        });
    });
    addEventListener('afterprint', function () {
        folded.splice(0).forEach(function (details) { details.open = false; });
    });

    function giveUp(figure, why) {
        console.error('The chart ' + figure.dataset.chart + ' was not drawn:', why);
        figure.querySelector('.chart').textContent = 'This chart could not be drawn. Its figures are in the table below.';
        figure.querySelector('details').open = true;
    }

    /* One after the other, letting the reader scroll in between: the page can be read at once. */
    async function drawAll() {
        let good = true;
        for (const figure of document.querySelectorAll('figure[data-chart]')) {
            await new Promise(function (next) { setTimeout(next, 0); });
            await draw(figure).catch(function (why) {
                good = false;
                giveUp(figure, why);
            });
        }
        root.dataset.ready = good ? '1' : 'error';
    }

    drawAll();
}());
