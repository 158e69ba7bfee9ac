import { CLOUDS } from '../../clouds.js';
import { describe, it, expect } from 'vitest';
import type { Gateway } from '../../../src/do/model/gateway.js';
import type { Route, RouteSettings } from '../../../src/do/model/route.js';
import { openCall } from '../../../src/do/plan/finish-plan.js';
import { gatewayOf } from './removal/owned.js';

describe('how a route can be called without authorization', () => {
  const stages = [{ name: 'prod', autoDeploy: true }];
  const call = (
    fields: Partial<Gateway> = {},
    route: Pick<Route, 'open'> = { open: true },
    settings: RouteSettings = {},
  ) => openCall(CLOUDS, gatewayOf({ stages, ...fields }), 'eu-west-1', route, settings);

  it('is the address of a stage that deploys by itself, the default one first', () => {
    expect(call()).toEqual({ base: expect.stringMatching(/api-1\.execute-api\.eu-west-1\.amazonaws\.com\/prod$/) });
    const both = [...stages, { name: '$default', autoDeploy: true }];
    expect(call({ stages: both })).toEqual({ base: expect.stringMatching(/amazonaws\.com$/) });
    expect(call({ stages: [{ name: '$default', autoDeploy: false }, ...stages] })).toEqual(call());
  });

  it('is not known without such a stage, or where callers must be authorized, now or then', () => {
    const guarded = { because: 'its callers must be authorized' };
    expect(call({ stages: [] })).toEqual({ because: 'no stage of api-1 deploys by itself' });
    expect(call({ stages: [{ name: 'prod', autoDeploy: false }] })).toEqual({
      because: 'no stage of api-1 deploys by itself',
    });
    expect(call({}, { open: false })).toEqual(guarded);
    expect(call({}, { open: undefined })).toEqual(guarded);
    expect(call({}, { open: true }, { authorizer: 'iam' })).toEqual(guarded);
    expect(call({}, { open: true }, { apiKey: true })).toEqual(guarded);
    expect(call({}, { open: true }, { authorizer: 'none', apiKey: false })).toEqual(call());
  });
});
