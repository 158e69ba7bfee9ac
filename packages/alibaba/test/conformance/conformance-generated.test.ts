import cloudapi from '@alicloud/cloudapi20160714';
import { describeConformance } from '@postern/testing/conformance';
import type { GeneratedClient } from '../../src/index.js';
import { KEYS, REGION, setUp } from '../world/conformance-setup.js';

/** The class stands one level further down when a CommonJS package is imported: facts of its own ESM trouble. */
type Constructor = new (config: object) => GeneratedClient;
const module = cloudapi as unknown as Constructor & { readonly default?: Constructor };
const Client = module.default ?? module;

/** The official generated client for API Gateway, unmodified; the other products go through ours. */
const generated = (endpoint: string): GeneratedClient =>
  new Client({ ...KEYS, regionId: REGION, endpoint: new URL(endpoint).host, protocol: 'http' });

/** All of it is run with our own client; with this one a slice, and all of it by `npm run prove`. */
const every = process.env['POSTERN_PROVE'] === '1' ? 1 : 5;

describeConformance('alibaba with a generated client', () => setUp((endpoint) => ({ cloudapi: generated(endpoint) })), {
  every,
});
