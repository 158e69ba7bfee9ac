import { option, positiveNumber, texts, wholeNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

/** `postern probe`: it calls live APIs, and changes nothing by itself. */
export const probe = {
  usage: 'probe [spec]',
  summary: 'call each declared route of the live APIs, and explain failures',
  options: [
    shared.region,
    option('--only <names...>', 'only routes of these integrations, or these routes; write [spec] before it', {
      parse: texts,
    }),
    option('--stage <name>', 'call this stage only (repeatable)', { parse: texts }),
    option(
      '--method <method>',
      'also send this method; routes of ANY method get the first one, else GET (repeatable)',
      { parse: texts },
    ),
    option('--all-methods', "also send each route's own method, such as POST"),
    shared.pathOfRoute,
    shared.header,
    shared.host,
    option('--via <caller>', 'call the public address, or let the cloud test the backend (REST APIs, API groups)', {
      choices: ['gateway', 'test-call'],
      fallback: 'gateway',
    }),
    option('--timeout <seconds>', 'the longest time of one call; by default 35', { parse: positiveNumber }),
    option('--max-parallel <number>', 'calls that run in parallel; by default 8', { parse: wholeNumber(1, 64) }),
    option('--fail-on <level>', 'exit with 3 where a route failed; or where one is not proven to work', {
      choices: ['failed', 'unproven'],
      fallback: 'failed',
    }),
    shared.yes,
  ],
  examples: [
    'postern probe',
    "postern probe shop.yaml --path 'GET /orders/{id}=/orders/7' --header @headers.txt",
    "postern probe --only orders --only 'GET /health' --json",
    'postern probe --method POST --yes',
    'postern probe --host a1b2c3d4e5=api.example.com/v1',
    'postern probe --via test-call --fail-on unproven',
  ],
} as const;
