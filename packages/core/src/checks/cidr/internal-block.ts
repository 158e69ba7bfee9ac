import { stating, type Judgement } from '../../findings/statement.js';
import type { internalBlockWords } from './words/internal-block.words.js';
import { aboutLink } from '../../findings/about.js';
import { readBlocks } from '../../network/block-set.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, meet } from './own-block.js';

const { fails, holds, unsure } = stating<(typeof internalBlockWords)['says']>();

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

/** `cidr/internal-block`. */
export const internalBlock: Judgement = {
  id: 'cidr/internal-block',
  severity: 'error',
  *run(input) {
    for (const { view, subnets, missing } of blockLinks(input.links)) {
      const { region } = view.region.region;
      const about = aboutLink(view);
      const texts = input.spec.assume?.internalBlocks?.[region];
      if (texts === undefined) {
        const what = `the CIDR block that API Gateway reserves in ${region}`;
        const remedy = `Look ${region} up on ${PAGE} and write its block under assume.internalBlocks.${region}.`;
        const fact = { what, remedy };
        yield unsure(about, 'INTERNAL_BLOCK_NOT_KNOWN', { link: view.name, region }, fact, { severity: 'warning' });
        continue;
      }
      const blocks = readBlocks(texts);
      const place = `assume.internalBlocks.${region}`;
      input.assumed(place, `API Gateway reserves ${texts.join(', ')} there`);
      const own = { kind: 'assumption', id: place, text: texts.join(', ') };
      const wrong = subnets.filter(({ cidrBlock }) => blocks.some((block) => meet(block, cidrBlock)));
      if (wrong.length > 0) {
        const [first] = wrong;
        const bits = Number(first?.cidrBlock.split('/')[1] ?? 24);
        const free = freeInNetwork(view.region, first?.networkId, bits, blocks);
        yield fails(about, 'SUBNETS_OVERLAP', {
          params: {
            wrong: wrong.map(({ id, cidrBlock }) => `${id} (${cidrBlock})`),
            texts,
            region,
            free,
            networkId: first?.networkId,
          },
          evidence: [own, ...wrong.map((subnet) => subnetEvidence(subnet))],
        });
      } else if (missing !== undefined)
        yield unsure(about, 'INTERNAL_BLOCK_NOT_KNOWN', { link: view.name, region }, missing, { evidence: [own] });
      else {
        yield holds(input, about, 'SUBNETS_APART', () => ({
          params: { link: view.name, texts },
          evidence: [own, ...subnets.map((subnet) => subnetEvidence(subnet))],
        }));
      }
    }
  },
};
