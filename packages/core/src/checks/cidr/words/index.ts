import type { CheckWords } from '../../../findings/statement.js';
import { canonicalWords } from './canonical.words.js';
import { instanceBlockAccessibleWords } from './instance-block-accessible.words.js';
import { instanceBlockNetworkWords } from './instance-block-network.words.js';
import { instanceBlockRoutesWords } from './instance-block-routes.words.js';
import { instanceBlockWords } from './instance-block.words.js';
import { internalBlockWords } from './internal-block.words.js';
import { networkOverlapWords } from './network-overlap.words.js';
import { outsideNetworkWords } from './outside-network.words.js';
import { redundantWords } from './redundant.words.js';
import { reservedWords } from './reserved.words.js';
import { targetOutsideWords } from './target-outside.words.js';

/** What the checks of the family `cidr/*` say, by check. */
export const cidrWords: Readonly<Record<string, CheckWords>> = {
  'cidr/canonical': canonicalWords,
  'cidr/instance-block-accessible': instanceBlockAccessibleWords,
  'cidr/instance-block-network': instanceBlockNetworkWords,
  'cidr/instance-block-routes': instanceBlockRoutesWords,
  'cidr/instance-block': instanceBlockWords,
  'cidr/internal-block': internalBlockWords,
  'cidr/network-overlap': networkOverlapWords,
  'cidr/outside-network': outsideNetworkWords,
  'cidr/redundant': redundantWords,
  'cidr/reserved': reservedWords,
  'cidr/target-outside': targetOutsideWords,
};
