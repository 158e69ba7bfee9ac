import { gatewayLinkKind } from '../../../../src/check/checks/gateway/link-kind.js';
import { checkTable } from '../run-check.js';
import { awsWorld, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const kinds = (gateway: 'http-api' | 'rest-api' | 'websocket-api', link: 'vpc-link-v1' | 'vpc-link-v2') =>
  awsWorld(edit({ 'gateways.api-1.kind': gateway, 'links.vlink-1.kind': link }));
checkTable(gatewayLinkKind, {
  'an HTTP API and V2': [aws(), 'pass KIND_FITS'],
  'a REST API and V2': [() => kinds('rest-api', 'vpc-link-v2'), 'pass KIND_FITS'],
  'a REST API and V1': [() => kinds('rest-api', 'vpc-link-v1'), 'pass KIND_FITS'],
  'a group and an instance': [alibaba(), 'pass KIND_FITS'],
  'an HTTP API and V1': [
    () => kinds('http-api', 'vpc-link-v1'),
    'error KIND_UNFIT',
    { evidence: ['api-1', 'vlink-1'], remedy: 'vpc-link-v2' },
  ],
  'a WebSocket API and V2': [
    () => kinds('websocket-api', 'vpc-link-v2'),
    'error KIND_UNFIT',
    { remedy: 'vpc-link-v1' },
  ],
  'links could not be read, and the link of the spec may be of either kind': [
    aws(withhold('links', 'apigateway:GET')),
    'unknown LINK_NOT_READ',
    { remedy: 'apigateway:GET' },
  ],
});
