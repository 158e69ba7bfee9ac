import { defineCheck, fail, pass, ranked, unknown } from '@postern/core/checks';
import { ADDRESS, defineCloud, type Quota } from '@postern/core/kinds';
import { PosternError } from '@postern/core';

const TUNNELS: Quota = {
  name: 'tunnels',
  what: 'tunnels of an account',
  byDefault: 5,
  grows: 'each link of a spec',
  source: 'https://tunnel.example/quotas',
};

const twoSegments = defineCheck({
  id: 'tunnel/two-segments',
  title: 'Each tunnel is in two segments',
  severity: 'warning',
  about: 'A tunnel in one segment ends where that segment fails.',
  sources: [],
  codes: {
    ONE_SEGMENT: fail('{id} is in one segment', 'Write a second segment in `subnets` of the link.'),
    SEVERAL_SEGMENTS: pass('{id} is in {segments}'),
    NOT_READ: unknown('{id} is in two segments'),
  },
  *run({ links }, say) {
    for (const { name, region, subnetIds, unseen, integrations } of links) {
      if (region.region.provider !== 'tunnel') continue;

      const [integration] = integrations.length === 1 ? integrations : [];
      const about = { integration, subject: `link ${name}` };
      if (unseen) yield say.NOT_READ(about, { id: name }, unseen);
      else if (subnetIds.length < 2) yield say.ONE_SEGMENT(about, { id: name });
      else yield say.SEVERAL_SEGMENTS(about, { id: name, segments: subnetIds });
    }
  },
});

/** What Tunnel Cloud is: specs, plans and checks ask it. */
export const cloud = defineCloud({
  name: 'tunnel',
  title: 'Tunnel Cloud',
  checks: ranked({ 8810: twoSegments }),
  quotas: { tunnels: TUNNELS },
  quotasReadOn: '2026-11-26',
  regions: { form: /^[a-z]+-\d$/, what: 'region of Tunnel Cloud', example: 'north-1', variables: ['TUNNEL_REGION'] },
  credentials: { names: /^TUNNEL_/, because: 'the tools of Tunnel Cloud read credentials from it' },
  network: {
    account: {
      form: /^acc-\d{4}$/,
      example: 'acc-1234',
      fault: 'expected acc- and four digits',
      remedy: 'Write acc-1234.',
    },
    addressesAreInterfaces: true,
    routersAreListed: false,
    groupsMayServeOtherNetworks: false,
  },
  targets: { address: { ...ADDRESS, mustExist: true } },
  links: {
    tunnel: {
      createdOn: 'tunnel',
      createdFrom: 'subnets',
      callsFrom: 'subnets',
      targets: ['address'],
      quota: TUNNELS,
      idPrefix: 'tun',
      plans: { linksCostMoney: false },
      rules: {
        requestRefusals: ({ name }, { links, quotas }) =>
          links.length < (quotas?.['tunnels'] ?? TUNNELS.byDefault)
            ? []
            : [new PosternError('QUOTA_EXCEEDED', `${name} would be one tunnel more than the account may have`)],
        targetRefusals: () => [],
      },
    },
  },
  gateways: {
    'tunnel-router': {
      ref: 'tunnelRouter',
      title: 'a router of Tunnel Cloud',
      example: 'router1',
      links: ['tunnel'],
      rules: {
        own: ({ id }) => `https://${id}.tunnel.example`,
        stage: { in: 'path', unnamed: 'live' },
        madeAnswer: () => undefined,
      },
    },
  },
  recognizes: /^(?:tun-\d+|(?:north|south)-\d)$/,
  backend: { form: 'ADDRESS:PORT', refOf: (address, port) => ({ address, port }) },
});
