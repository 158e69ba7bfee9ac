import { positiveNumber, texts, wholeNumber } from '../../grammar/options.js';
import { header, host, pathOfRoute, region, yes } from '../../grammar/shared-options.js';

/** `postern probe`: it calls live APIs, and changes nothing by itself. */
export const probe = {
  usage: 'probe [spec]',
  summary: 'call each declared route of the live APIs, and explain failures',
  options: [
    region,
    {
      flags: '--only <names...>',
      description: 'only routes of these integrations, or these routes; write [spec] before it',
      parse: texts,
    },
    { flags: '--stage <name>', description: 'call this stage only (repeatable)', parse: texts },
    {
      flags: '--method <method>',
      description: 'also send this method; routes of ANY method get the first one, else GET (repeatable)',
      parse: texts,
    },
    { flags: '--all-methods', description: "also send each route's own method, such as POST" },
    pathOfRoute,
    header,
    host,
    {
      flags: '--via <caller>',
      description: 'call the public address, or let the cloud test the backend (REST APIs, API groups)',
      choices: ['gateway', 'test-call'],
      fallback: 'gateway',
    },
    { flags: '--timeout <seconds>', description: 'the longest time of one call; by default 35', parse: positiveNumber },
    {
      flags: '--max-parallel <number>',
      description: 'calls that run in parallel; by default 8',
      parse: wholeNumber(1, 64),
    },
    {
      flags: '--fail-on <level>',
      description: 'exit with 3 where a route failed; or where one is not proven to work',
      choices: ['failed', 'unproven'],
      fallback: 'failed',
    },
    yes,
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
