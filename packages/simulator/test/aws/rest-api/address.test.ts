import { describe, expect, it } from 'vitest';
import { addressOf, endpointAt } from '../../../src/aws/rest-apis/control/execution/endpoint-request.js';

describe('endpointAt', () => {
  it.each([
    ['http://orders.internal', 'orders.internal', 80, '/', 'without a path'],
    ['https://orders.internal?full=1', 'orders.internal', 443, '/?full=1', 'a query string without a path'],
    [
      'http://orders.internal:8080/a//b/../c?x=1?y#z',
      'orders.internal',
      8080,
      '/a//b/../c?x=1?y',
      'nothing is normalized',
    ],
    ['http://orders.internal#z', 'orders.internal', 80, '/', 'a fragment without a path'],
  ])('%s leads to %s, port %i, and %s: %s', (uri, name, port, path) => {
    expect(endpointAt(uri)).toMatchObject({ name, port, path });
  });

  it.each(['orders.internal/a', 'ftp://orders.internal/', 'http:///a', ''])('"%s" is for something else', (uri) => {
    expect(endpointAt(uri)).toBeUndefined();
  });
});

describe('addressOf', () => {
  const own = { connectionId: '${stageVariables.link}', uri: 'http://${stageVariables.host}/{proxy+}' };

  it('differs between the variables of stages', () => {
    const [one, other] = ['a', 'b'].map((host) => addressOf(own, { link: 'l1', host }));
    expect([one?.uri[0], other?.uri[0]]).toEqual(['http://a/', 'http://b/']);
    expect(one).toMatchObject({ linkId: 'l1', unset: { inLink: undefined, inUri: undefined } });
  });

  it('names a stage variable that is not set', () => {
    expect(addressOf(own, {}).unset).toEqual({ inLink: 'link', inUri: 'host' });
  });
});
