import type { CommandDescription } from '../../grammar/options.js';
import { REHEARSAL } from '../rehearse/grammar.js';
import { accept, certificate, handedOver, keepAlive, vswitch } from './grammar.js';

/** `postern rehearse handover`. */
const grammar = {
  usage: 'handover <group>',
  summary:
    'plan the hand-over of an API group, carry it out and take the group offline; exit with 3 where a call was lost or the run failed',
  options: [...REHEARSAL, ...handedOver, vswitch, certificate, accept, keepAlive],
  examples: [
    'postern snapshot --provider alibaba --region cn-hangzhou -o now.json && postern rehearse handover 0f1e2d3c --snapshot now.json --vswitch vsw-bp1j',
    'postern rehearse handover 0f1e2d3c --snapshot now.json --gateway gw-d41d8cd9 --waive "group/own-domain=access log of November" --json',
  ],
} as const;

/** `postern rehearse handover`, with what carries it out. */
export const rehearseHandover: CommandDescription = { ...grammar, load: () => import('./rehearse.js') };
