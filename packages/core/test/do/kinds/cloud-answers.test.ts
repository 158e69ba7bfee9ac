import { describe, expect, it } from 'vitest';
import { NETWORK_DEFAULTS } from '../../../src/do/kinds/cloud/network-traits.js';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { defineCloud } from '../../../src/do/kinds/cloud/define-cloud.js';
import { ADDRESS } from '../../../src/do/kinds/cloud/target-kind.js';

/** The fewest members that a cloud answers. */
const brook = (network = {}) =>
  defineCloud({
    name: 'brook',
    title: 'Brook',
    regions: { form: /^b\d$/, what: 'region of Brook', example: 'b1' },
    credentials: { names: undefined, because: 'it has none' },
    targets: { address: ADDRESS },
    network,
    links: {
      pipe: {
        createdFrom: 'subnets',
        callsFrom: 'subnets',
        targets: ['address'],
        rules: { requestRefusals: () => [], targetRefusals: () => [] },
      },
    },
    gateways: {
      mill: {
        ref: 'mill',
        title: 'a mill',
        example: 'm-1',
        links: ['pipe'],
        rules: { own: () => '', stage: { in: 'path' }, madeAnswer: () => undefined },
      },
    },
  });

describe('the value of a cloud', () => {
  it('has a default for each member that the cloud does not answer', () => {
    const { network, links, gateways, ids, reservedTagPrefixes } = brook();
    expect(network).toEqual(NETWORK_DEFAULTS);
    expect(links['pipe']).toMatchObject({
      settings: [],
      groupPerZone: false,
      plans: { linksCostMoney: true, targetsAreResources: false, allowlistNeedsCreation: false },
      rules: { kind: 'pipe', provider: 'brook' },
    });
    expect(gateways['mill']).toMatchObject({ provider: 'brook', movesAsOne: false, routesNeedDeployment: false });
    expect([ids, reservedTagPrefixes]).toEqual([{ kinds: {} }, []]);
  });

  it('keeps what the cloud answers, and takes undefined for no answer', () => {
    const { network } = brook({
      addressesAreInterfaces: true,
      loadBalancersFailOpen: false,
      routersAreListed: undefined,
    });
    expect(network).toEqual({ ...NETWORK_DEFAULTS, addressesAreInterfaces: true, loadBalancersFailOpen: false });
  });

  it('is that of a cloud which a set lacks', () => {
    expect(clouds([brook()]).network({ provider: 'another' })).toEqual(NETWORK_DEFAULTS);
  });
});
