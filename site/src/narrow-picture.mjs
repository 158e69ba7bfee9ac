// A picture for narrow screens, of a file that `postern graph --format dot` wrote: node narrow-picture.mjs FILE TITLE
import { readFileSync } from 'node:fs';
import { styledSvg } from '@postern/core/internal/graph';
import { narrowSvgOf } from '../playground/src/narrow-picture.ts';

const [, , file, title] = process.argv;
process.stdout.write(styledSvg(await narrowSvgOf(readFileSync(file, 'utf8')), title));
