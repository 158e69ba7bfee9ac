import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetRegionWords } from './words/region.words.js';
import { aboutTarget } from '../../findings/about.js';
import { arnTargets, rightPlace } from './arn.js';

const { fails } = stating<(typeof targetRegionWords)['says']>();

/** `target/region`. */
export const targetRegion: Judgement = {
  id: 'target/region',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region } = integration.link.region.region;
      if (arn.region === region) said.push(rightPlace(input, integration, target, text, `the target is in ${region}`));
      else {
        said.push(
          fails(aboutTarget(integration, target), 'OTHER_REGION', {
            params: { region: arn.region, link: integration.link.name, linkRegion: region },
            evidence: [{ kind: 'target', id: text, text: `region ${arn.region}` }],
          }),
        );
      }
    }
    return said;
  },
};
