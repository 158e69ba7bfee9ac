import { option, ports } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

// What is about one link.

/** `postern links`. */
export const links = {
  usage: 'links [id]',
  summary: 'list every link of a region, whoever owns it; or what uses one',
  options: [
    shared.spec,
    shared.provider,
    shared.region,
    shared.profile,
    shared.kind,
    option('--uses', 'name every API, deployed stage, route and integration that uses the link'),
  ],
  examples: [
    'postern links',
    'postern links --provider alibaba --region cn-hangzhou',
    'postern links orders --uses',
    "postern links --query 'links[].id'",
    'postern links a1b2c3 --uses --region eu-west-1',
    'postern links x1y2z3 --uses --kind vpc-link-v1 --region eu-west-1 --json',
  ],
} as const;

/** `postern egress`. */
export const egress = {
  usage: 'egress <link>',
  summary: 'show the addresses that a backend sees',
  options: [shared.spec, shared.provider, shared.region, shared.profile, shared.kind],
  examples: [
    'postern egress orders',
    'postern egress a1b2c3 --region eu-west-1 --json',
    'postern egress x1y2z3 --kind vpc-link-v1 --region eu-west-1',
  ],
} as const;

/** `postern allow`. */
export const allow = {
  usage: 'allow <link> [cidr...]',
  summary: "add blocks to a link's allowlist, or list them",
  options: [
    option(
      '--ports <ports>',
      'TCP ports to open, such as 443,8443, or all; needed where no target says which ports to open (AWS)',
      { parse: ports },
    ),
    shared.spec,
    shared.provider,
    shared.region,
    shared.profile,
    shared.kind,
    shared.project,
    shared.specId,
    shared.yes,
    option('--list', 'change nothing, show what the link may reach'),
    option('--resources', 'with --list: the resources inside each block (Alibaba Cloud only)'),
  ],
  examples: [
    'postern allow orders 10.20.0.0/20',
    'postern allow orders 10.20.0.0/20 10.30.0.0/24 --ports 443,8443 --yes',
    'postern allow orders --list --resources --provider alibaba',
  ],
} as const;

/** `postern revoke`. */
export const revoke = {
  usage: 'revoke <link> <cidr...>',
  summary: "remove blocks from a link's allowlist",
  options: [
    shared.spec,
    shared.provider,
    shared.region,
    shared.profile,
    shared.kind,
    shared.project,
    shared.specId,
    shared.yes,
    option(
      '--revoke-needed',
      'also remove blocks that a backend needs, so that its calls will fail, and blocks that a larger one keeps allowed',
    ),
  ],
  examples: ['postern revoke orders 10.20.0.0/20'],
} as const;

// Commands that list what exists.

/** `postern list`. */
export const list = {
  usage: 'list [spec]',
  summary:
    'list what a spec owns in the clouds, also what it no longer declares; links and gateways list all of a region',
  options: [shared.region, shared.alsoRegion, option('--undeclared', 'only what the spec does not declare')],
  examples: [
    'postern list',
    'postern list shop.yaml --undeclared',
    'postern list --also-region us-east-1 --json',
    "postern list --query 'owned[?!declared].id'",
  ],
} as const;

/** `postern gateways`. */
export const gateways = {
  usage: 'gateways',
  summary: 'list every gateway of a region, whoever owns it: HTTP, REST and WebSocket APIs, API groups',
  options: [shared.spec, shared.provider, shared.region, shared.profile],
  examples: [
    'postern gateways',
    'postern gateways --region eu-west-1',
    'postern gateways --provider alibaba --region cn-hangzhou --json',
    "postern gateways --query 'gateways[].[id,name]'",
  ],
} as const;
