// Run inside a page: what a reader would see wrong of its pictures, one sentence each. Sizes are in CSS pixels.
(() => {
  const faults = [];
  const say = (text) => faults.push(text);
  /** Rounding of positions. */
  const TOLERANCE = 1;
  const LEAST_CONTRAST = 4.5;
  const LEAST_PIXELS = 9.5;
  /** The width of a page from which on no picture is cut. */
  const LEAST_WHOLE = 1_400;

  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const isShown = (color) => color !== 'none' && (numbers(color)[3] ?? 1) > 0;
  /** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  const luminance = (color) => {
    const [r, g, b] = numbers(color).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const box = (element) => element.getBoundingClientRect();
  const isInside = (inner, outer) =>
    inner.left >= outer.left - TOLERANCE &&
    inner.right <= outer.right + TOLERANCE &&
    inner.top >= outer.top - TOLERANCE &&
    inner.bottom <= outer.bottom + TOLERANCE;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOLERANCE &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOLERANCE;
  const shapeOf = (node) => node.querySelector('polygon, ellipse, path');
  /** The first color behind an element: of its node, of its picture, of the page. */
  const behind = (element) => {
    const shape = element.closest('.node') && shapeOf(element.closest('.node'));
    if (shape && isShown(getComputedStyle(shape).fill)) return getComputedStyle(shape).fill;
    const paper = element.closest('svg')?.querySelector('.graph > polygon');
    if (paper && isShown(getComputedStyle(paper).fill)) return getComputedStyle(paper).fill;
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (isShown(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };

  const pictures = document.documentElement.matches('svg')
    ? [document.documentElement]
    : [...document.querySelectorAll('svg')];
  if (pictures.length === 0) say('there is no picture');
  for (const svg of pictures) {
    const texts = [...svg.querySelectorAll('text')];
    const nodes = [...svg.querySelectorAll('.node')];
    if (texts.length === 0 || nodes.length === 0) say('a picture is empty');
    for (const text of texts) {
      const shown = text.textContent;
      const node = text.closest('.node');
      const shape = node && shapeOf(node);
      if (shape && !isInside(box(text), box(shape))) say(`"${shown}" overflows its node`);
      if (!isInside(box(text), box(svg))) say(`"${shown}" is outside of its picture`);
      const { fill, fontSize } = getComputedStyle(text);
      const found = contrast(fill, behind(text));
      if (found < LEAST_CONTRAST) say(`"${shown}" has a contrast of ${found.toFixed(2)}`);
      const pixels = (parseFloat(fontSize) * box(svg).width) / svg.viewBox.baseVal.width;
      if (pixels < LEAST_PIXELS) say(`"${shown}" has ${pixels.toFixed(1)} pixels`);
      for (const other of nodes)
        if (other !== node && shapeOf(other) && overlap(box(text), box(shapeOf(other))))
          say(`"${shown}" is over another node`);
    }
    for (const [at, one] of texts.entries())
      for (const other of texts.slice(at + 1))
        if (overlap(box(one), box(other))) say(`"${one.textContent}" overlaps "${other.textContent}"`);
    for (const [mark, sign] of Object.entries({ fail: '✗', unknown: '?', added: '+', changed: '~', removed: '-' })) {
      for (const node of svg.querySelectorAll(`.node.${mark}`)) {
        const own = [...node.querySelectorAll('text')].map((text) => text.textContent);
        if (!own.some((text) => text.startsWith(`${sign} `)))
          say(`a node with the mark ${mark} has no sign: ${own[1]}`);
        const { strokeDasharray, strokeWidth } = getComputedStyle(shapeOf(node));
        const isDashed = strokeDasharray !== 'none';
        if ((mark === 'fail' || mark === 'unknown') && !isDashed)
          say(`a node with the mark ${mark} has the line of others`);
        if (mark === 'fail' && parseFloat(strokeWidth) < 2) say('a blocked node has the thin line of others');
      }
    }
  }

  const page = document.documentElement;
  if (!page.matches('svg')) {
    if (page.scrollWidth > window.innerWidth)
      say(`the page is ${page.scrollWidth} pixels wide, in ${window.innerWidth}`);
    for (const picture of document.querySelectorAll('.picture')) {
      const scrolls = picture.scrollWidth > picture.clientWidth + TOLERANCE;
      const hint = picture.parentElement.querySelector('.hint');
      // Labels of edges are not broken: only a graph of a user has them.
      const isLong = [...picture.querySelectorAll('.edge text')].some((text) => text.textContent.endsWith('…'));
      if (scrolls && window.innerWidth >= LEAST_WHOLE && !isLong)
        say(`a picture is cut at ${picture.clientWidth} pixels`);
      if (scrolls && !(hint && box(hint).height > 10)) say('a picture scrolls, and nothing says so');
      if (!scrolls && hint && box(hint).height > 0) say('a page says that a picture scrolls, and it does not');
    }
    for (const findings of document.querySelectorAll('.findings'))
      if (pictures.some((svg) => box(svg).bottom > box(findings).top)) say('findings are not below the picture');
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].some(
        (one) => one.nodeType === Node.TEXT_NODE && one.textContent.trim() !== '',
      );
      if (!own || element.closest('svg') || element.matches('style')) continue;
      const found = contrast(getComputedStyle(element).color, behind(element));
      if (found < LEAST_CONTRAST)
        say(`"${element.textContent.trim().slice(0, 40)}" has a contrast of ${found.toFixed(2)}`);
    }
  }
  const active = document.querySelectorAll(
    'script, iframe, object, embed, img, image, use, a[href^="javascript"], foreignObject',
  );
  for (const one of active) say(`the page has an element ${one.localName}`);
  for (const element of document.querySelectorAll('*'))
    for (const { name } of element.attributes) if (name.startsWith('on')) say(`${element.localName} has ${name}`);
  if (window.wasRun !== undefined) say('a script ran');
  return [...new Set(faults)];
})();
