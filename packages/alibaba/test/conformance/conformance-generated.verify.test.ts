import cloudapi from '@alicloud/cloudapi20160714';
import { describeConformance } from '@postern/testing/conformance';
import type { GeneratedClient } from '../../src/client/generated-client.js';
import { KEYS, REGION, setUp } from '../world/conformance-setup.js';
import { PROVE } from '../../../core/test/runs.js';

/** The class is one level deeper when a CommonJS package is imported into ESM. */
type Constructor = new (config: object) => GeneratedClient;
const module = cloudapi as unknown as Constructor & { readonly default?: Constructor };
const Client = module.default ?? module;

/** The official generated client for API Gateway, unmodified; the other products use the adapter's client. */
const generated = (endpoint: string): GeneratedClient =>
  new Client({ ...KEYS, regionId: REGION, endpoint: new URL(endpoint).host, protocol: 'http' });

/** The adapter's client runs the whole suite; this one runs a slice, and the whole suite with `npm run prove`. */
const every = PROVE ? 1 : 17;

describeConformance(
  'alibaba with a generated client',
  () => setUp({ client: (endpoint) => ({ cloudapi: generated(endpoint) }) }),
  { every },
);
