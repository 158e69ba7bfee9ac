import { grouped } from '../../mapping/overlaps.js';
import type { About } from '../assessment.js';
import { say, type HandoverRule } from '../rule.js';
import { aboutAll, compare, type AssessView, type Published } from '../view.js';
import { keyText } from './paths.js';

/** The apps that may call something of a stage, with the APIs that check signatures. */
function* eachApp(
  view: AssessView,
): Iterable<{ readonly id: string; readonly stage: string; readonly apis: readonly Published[] }> {
  for (const [stage, published] of view.stages) {
    const calls = published.flatMap((one) =>
      one.deployment.auth === 'anonymous'
        ? []
        : view.authorized(one.api.id, stage).map(({ appId }) => ({ appId, one })),
    );
    const apis = grouped(calls, ({ appId }) => appId);
    for (const [id, list] of [...apis].toSorted(([a], [b]) => compare(a, b)))
      yield { id, stage, apis: list.map(({ one }) => one) };
  }
}

const aboutApp = (view: AssessView, id: string, stage: string, apis: readonly Published[]): About =>
  aboutAll({ kind: 'app', id, name: view.app(id)?.name ?? id }, stage, apis);

const signature: HandoverRule = {
  id: 'app/signature',
  classic: 'an app: AppKey and AppSecret sign the calls',
  apig: 'a consumer with the same key and secret (AkSk), authorized for the routes',
  codes: { APP_KEPT: 'exact', APP_DISABLED: 'exact', APP_SECRET_UNREADABLE: 'blocked', APP_NOT_READ: 'unknown' },
  *find(view) {
    for (const { id, stage, apis } of eachApp(view)) {
      const app = view.app(id);
      const about = aboutApp(view, id, stage, apis);
      const target = `consumer ${app?.name ?? id}`;
      if (app?.secret === 'readable') {
        yield app.disabled
          ? say.exact('APP_DISABLED', about, {
              target,
              message: `The app ${app.name} is disabled, and becomes a disabled consumer.`,
            })
          : say.exact('APP_KEPT', about, {
              target,
              message: `The app ${app.name} becomes a consumer with the same key and secret, so its callers sign as now.`,
            });
      } else if (app?.secret === 'unreadable') {
        yield say.blocked('APP_SECRET_UNREADABLE', about, {
          target,
          affects: ['callers'],
          who: 'callers',
          message: `The secret of the app ${app.name} cannot be read with this account, so its callers cannot keep it.`,
          remedy:
            'Ask the owner of the app for its key and secret, or give these callers a key of their own. A waiver leaves the app out.',
        });
      } else {
        yield say.unknown('APP_NOT_READ', about, {
          target,
          affects: ['callers'],
          who: 'platform',
          message: `Whether the secret of app ${app?.name ?? id} can be read is not known: ${view.gap('apps', id)?.message ?? 'it was not read'}.`,
          remedy: 'Allow `postern` to call DescribeAppSecurity, and assess again.',
        });
      }
    }
  },
};

const expiry: HandoverRule = {
  id: 'app/authorization-end',
  classic: 'an authorization that ends at an instant',
  apig: 'an authorization without an end (LongTerm is the only mode)',
  codes: { AUTHORIZATION_ENDS: 'changed' },
  *find(view) {
    for (const { id, stage, apis } of eachApp(view)) {
      const ends = apis.flatMap(({ api }) =>
        view
          .authorized(api.id, stage)
          .flatMap(({ appId, until }) => (appId === id && until !== undefined ? [{ api, until }] : [])),
      );
      if (ends.length === 0) continue;
      const first = ends.map(({ until }) => until).toSorted()[0] ?? '';
      yield say.changed(
        'AUTHORIZATION_ENDS',
        aboutApp(
          view,
          id,
          stage,
          apis.filter(({ api }) => ends.some((one) => one.api === api)),
        ),
        {
          target: 'authorization LongTerm',
          affects: ['callers'],
          who: 'platform',
          message: `Authorizations of the app ${view.app(id)?.name ?? id} end, the first at ${first}. Those of APIG do not end.`,
          remedy: 'Remove the authorizations on the target at that time.',
        },
      );
    }
  },
};

/** A rule for one property of a published API. */
const ofApi = (
  row: Pick<HandoverRule, 'id' | 'classic' | 'apig' | 'codes'>,
  is: (one: Published, view: AssessView) => boolean,
  found: (one: Published) => ReturnType<(typeof say)['changed']>,
): HandoverRule => ({
  ...row,
  *find(view) {
    for (const one of view.published) if (is(one, view)) yield found(one);
  },
});

const appCode = ofApi(
  {
    id: 'api/app-code',
    classic: 'calls with an AppCode',
    apig: 'a consumer with an API key, which callers send as `Authorization: APPCODE x`',
    codes: { APP_CODE: 'changed' },
  },
  ({ deployment }) => deployment.appCode === true,
  (one) =>
    say.changed('APP_CODE', one.about, {
      target: 'consumer credential Apikey, source Header Authorization',
      affects: ['callers'],
      who: 'callers',
      message: `${keyText(one)} accepts an AppCode. The target compares a key: whether it accepts the value "APPCODE …" of the header is [U]. \`postern handover run\` creates consumers that sign: calls with an AppCode get 401.`,
      remedy:
        'Let these callers sign, or create their API keys by hand after the run, and prove one call with an AppCode before the switch.',
    }),
);

const openId = ofApi(
  {
    id: 'api/open-id',
    classic: 'OpenID Connect of an API',
    apig: 'a consumer with JWT',
    codes: { OPEN_ID: 'changed' },
  },
  ({ deployment }) => deployment.auth === 'openid',
  (one) =>
    say.changed('OPEN_ID', one.about, {
      target: 'consumer with JWT',
      affects: ['callers'],
      who: 'callers',
      message: `${keyText(one)} issues or checks OpenID tokens. The target checks tokens with the same public key, and issues none. \`postern handover run\` does not create this: the route is open to everyone.`,
      remedy:
        'Let another service issue the tokens, and create a consumer with JWT for the route after the run and before the switch.',
    }),
);

const nonce = ofApi(
  {
    id: 'api/nonce',
    classic: 'each nonce is accepted once (`ForceNonceCheck`)',
    apig: 'none: nonces are not remembered',
    codes: { NONCE_CHECK: 'blocked' },
  },
  ({ deployment }) => deployment.forceNonce,
  (one) =>
    say.blocked('NONCE_CHECK', one.about, {
      affects: ['callers'],
      who: 'backend',
      message: `${keyText(one)} accepts each nonce once. The target does not remember nonces, so a recorded call can be repeated.`,
      remedy: 'Let the backend refuse repeated calls. A waiver means that calls can be repeated.',
    }),
);

const internet = ofApi(
  {
    id: 'api/internet-disabled',
    classic: 'an API that is refused on public names (`DisableInternet`)',
    apig: 'a gateway with the access type Intranet',
    codes: { INTRANET_ONLY: 'blocked' },
  },
  ({ deployment }, view) =>
    deployment.internetDisabled && view.published.some((other) => !other.deployment.internetDisabled),
  (one) =>
    say.blocked('INTRANET_ONLY', one.about, {
      affects: ['callers'],
      who: 'platform',
      message: `${keyText(one)} is refused on public names, and other APIs of the group are not. A route of APIG serves every entrance of its gateway.`,
      remedy:
        'Put it on a gateway with the access type Intranet, or restrict its route by IpAccessControl. A waiver makes it public.',
    }),
);

const products = ofApi(
  { id: 'api/product', classic: 'an API product', apig: 'none', codes: { API_PRODUCT: 'blocked' } },
  ({ api }) => (api.products ?? []).length > 0,
  (one) =>
    say.blocked('API_PRODUCT', one.about, {
      affects: ['callers'],
      who: 'platform',
      message: `${one.api.name} is part of API products: ${(one.api.products ?? []).join(', ')}. APIG has none [I].`,
      remedy: 'Authorize each app for the APIs themselves.',
    }),
);

const errors: HandoverRule = {
  id: 'caller/error-bodies',
  classic: 'callers that read `X-Ca-Error-Code`, `X-Ca-Request-Id` or bodies of errors of the service',
  apig: 'other status codes and bodies: 400 for a wrong signature, 401, 403, 404, 503',
  codes: { ERROR_ANSWERS: 'changed' },
  *find({ aboutGroup }) {
    yield say.changed('ERROR_ANSWERS', aboutGroup, {
      affects: ['callers'],
      who: 'callers',
      message:
        'Answers that the gateway itself makes differ: no X-Ca-Request-Id, no X-Ca-Error-Code, other bodies; a wrong signature is 400, an unauthorized app 403. Which callers read them cannot be detected.',
      remedy: 'Tell callers before the switch.',
    });
  },
};

export const callerRules: readonly HandoverRule[] = [
  signature,
  expiry,
  appCode,
  openId,
  nonce,
  internet,
  products,
  errors,
];
