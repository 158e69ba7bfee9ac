import type { CommandDescription } from './description.js';
import { full, profile, provider, region, spec } from './shared-options.js';

// Commands that list what exists, and print what was saved.

/** `postern list`. */
export const list: CommandDescription = {
  usage: 'list [spec]',
  summary: 'list what a spec owns in the clouds, also what it no longer declares',
  options: [region, { flags: '--undeclared', description: 'only what the spec does not declare' }],
  examples: [
    'postern list',
    'postern list shop.yaml --undeclared',
    'postern list --region eu-west-1 --json',
    "postern list --query 'owned[?!declared].id'",
  ],
  load: () => import('../commands/links/list.js'),
};

/** `postern gateways`. */
export const gateways: CommandDescription = {
  usage: 'gateways',
  summary: 'list the gateways that a spec can name: HTTP, REST and WebSocket APIs, API groups',
  options: [spec, provider, region, profile],
  examples: [
    'postern gateways',
    'postern gateways --region eu-west-1',
    'postern gateways --provider alibaba --region cn-hangzhou --json',
    "postern gateways --query 'gateways[].[id,name]'",
  ],
  load: () => import('../commands/links/gateways.js'),
};

/** `postern show`. */
export const show: CommandDescription = {
  usage: 'show <file>',
  summary: 'print a saved plan, or what a snapshot holds; no cloud is called',
  options: [full],
  examples: [
    'postern show plan.json',
    'postern show snapshot.json',
    "postern show plan.json --query 'units[].steps[].id'",
  ],
  load: () => import('../commands/apply/show.js'),
};
