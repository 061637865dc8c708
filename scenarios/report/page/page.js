'use strict';
/* Draws every chart of the report. The page is whole without it: each chart's figures stand in a
 * table below it. data-ready on the root tells a test, or a printer's script, that all is drawn. */
(function () {
    const root = document.documentElement;
    const theme = JSON.parse(document.getElementById('theme').textContent);
    const boundaries = document.getElementById('boundaries');
    const shapes = boundaries ? JSON.parse(boundaries.textContent).features : [];

    function options(figure) {
        return {
            config: theme,
            renderer: 'svg',
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
        return drawn.view.runAsync();
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

    const figures = Array.from(document.querySelectorAll('figure[data-chart]'));
    Promise.allSettled(figures.map(draw)).then(function (results) {
        results.forEach(function (result, i) {
            if (result.status === 'rejected') {
                console.error('The chart ' + figures[i].dataset.chart + ' was not drawn:', result.reason);
                figures[i].querySelector('.chart').textContent = 'This chart could not be drawn. Its figures are in the table below.';
                figures[i].querySelector('details').open = true;
            }
        });
        root.dataset.ready = results.some(function (r) { return r.status === 'rejected'; }) ? 'error' : '1';
    });
}());
