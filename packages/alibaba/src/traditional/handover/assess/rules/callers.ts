import { grouped } from '@postern/core/internal/kinds';
import type { About } from '../assessment.js';
import { apiRule, blocked, changed, exact, handoverRule, unknown, type HandoverRule } from '../rule.js';
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

const signature = handoverRule({
  id: 'app/signature',
  classic: 'an app: AppKey and AppSecret sign the calls',
  apig: 'a consumer with the same key and secret (AkSk), authorized for the routes',
  codes: {
    APP_KEPT: exact('The app {app} becomes a consumer with the same key and secret, so its callers sign as now.', {
      target: 'consumer {app}',
    }),
    APP_DISABLED: exact('The app {app} is disabled, and becomes a disabled consumer.', { target: 'consumer {app}' }),
    APP_SECRET_UNREADABLE: blocked(
      'The secret of the app {app} cannot be read with this account, so its callers cannot keep it.',
      {
        target: 'consumer {app}',
        affects: ['callers'],
        who: 'callers',
        remedy:
          'Ask the owner of the app for its key and secret, or give these callers a key of their own. A waiver leaves the app out.',
      },
    ),
    APP_NOT_READ: unknown('Whether the secret of app {app} can be read is not known: {why|it was not read}.', {
      target: 'consumer {app}',
      affects: ['callers'],
      who: 'platform',
      remedy: 'Allow `postern` to call DescribeAppSecurity, and assess again.',
    }),
  },
  *find(view, say) {
    for (const { id, stage, apis } of eachApp(view)) {
      const { name: app = id, secret, disabled } = view.app(id) ?? {};
      const about = aboutApp(view, id, stage, apis);
      if (secret === 'readable')
        yield disabled === true ? say.APP_DISABLED(about, { app }) : say.APP_KEPT(about, { app });
      else if (secret === 'unreadable') yield say.APP_SECRET_UNREADABLE(about, { app });
      else yield say.APP_NOT_READ(about, { app, why: view.gap('apps', id)?.message });
    }
  },
});

const expiry = handoverRule({
  id: 'app/authorization-end',
  classic: 'an authorization that ends at an instant',
  apig: 'an authorization without an end (LongTerm is the only mode)',
  codes: {
    AUTHORIZATION_ENDS: changed(
      'Authorizations of the app {app} end, the first at {first}. Those of APIG do not end.',
      {
        target: 'authorization LongTerm',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Remove the authorizations on the target at that time.',
      },
    ),
  },
  *find(view, say) {
    for (const { id, stage, apis } of eachApp(view)) {
      const ends = apis.flatMap((one) =>
        view
          .authorized(one.api.id, stage)
          .flatMap(({ appId, until }) => (appId === id && until !== undefined ? [{ one, until }] : [])),
      );
      const [first] = ends.map(({ until }) => until).toSorted();
      if (first === undefined) continue;

      const ending = apis.filter((api) => ends.some(({ one }) => one === api));
      yield say.AUTHORIZATION_ENDS(aboutApp(view, id, stage, ending), { app: view.app(id)?.name ?? id, first });
    }
  },
});

const appCode = apiRule({
  id: 'api/app-code',
  classic: 'calls with an AppCode',
  apig: 'a consumer with an API key, which callers send as `Authorization: APPCODE x`',
  codes: {
    APP_CODE: changed(
      '{key} accepts an AppCode. The target compares a key: whether it accepts the value "APPCODE …" of the header is [U]. `postern handover run` creates consumers that sign: calls with an AppCode get 401.',
      {
        target: 'consumer credential Apikey, source Header Authorization',
        affects: ['callers'],
        who: 'callers',
        remedy:
          'Let these callers sign, or create their API keys by hand after the run, and prove one call with an AppCode before the switch.',
      },
    ),
  },
  find: (one, say) => (one.deployment.appCode === true ? say.APP_CODE(one.about, { key: keyText(one) }) : undefined),
});

const openId = apiRule({
  id: 'api/open-id',
  classic: 'OpenID Connect of an API',
  apig: 'a consumer with JWT',
  codes: {
    OPEN_ID: changed(
      '{key} issues or checks OpenID tokens. The target checks tokens with the same public key, and issues none. `postern handover run` does not create this: the route is open to everyone.',
      {
        target: 'consumer with JWT',
        affects: ['callers'],
        who: 'callers',
        remedy:
          'Let another service issue the tokens, and create a consumer with JWT for the route after the run and before the switch.',
      },
    ),
  },
  find: (one, say) => (one.deployment.auth === 'openid' ? say.OPEN_ID(one.about, { key: keyText(one) }) : undefined),
});

const nonce = apiRule({
  id: 'api/nonce',
  classic: 'each nonce is accepted once (`ForceNonceCheck`)',
  apig: 'none: nonces are not remembered',
  codes: {
    NONCE_CHECK: blocked(
      '{key} accepts each nonce once. The target does not remember nonces, so a recorded call can be repeated.',
      {
        affects: ['callers'],
        who: 'backend',
        remedy: 'Let the backend refuse repeated calls. A waiver means that calls can be repeated.',
      },
    ),
  },
  find: (one, say) => (one.deployment.forceNonce ? say.NONCE_CHECK(one.about, { key: keyText(one) }) : undefined),
});

const internet = apiRule({
  id: 'api/internet-disabled',
  classic: 'an API that is refused on public names (`DisableInternet`)',
  apig: 'a gateway with the access type Intranet',
  codes: {
    INTRANET_ONLY: blocked(
      '{key} is refused on public names, and other APIs of the group are not. A route of APIG serves every entrance of its gateway.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy:
          'Put it on a gateway with the access type Intranet, or restrict its route by IpAccessControl. A waiver makes it public.',
      },
    ),
  },
  find: (one, say, view) =>
    one.deployment.internetDisabled && view.published.some((other) => !other.deployment.internetDisabled)
      ? say.INTRANET_ONLY(one.about, { key: keyText(one) })
      : undefined,
});

const products = apiRule({
  id: 'api/product',
  classic: 'an API product',
  apig: 'none',
  codes: {
    API_PRODUCT: blocked('{api} is part of API products: {products}. APIG has none [I].', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Authorize each app for the APIs themselves.',
    }),
  },
  find: ({ api: { name: api, products = [] }, about }, say) =>
    products.length > 0 ? say.API_PRODUCT(about, { api, products }) : undefined,
});

const errors = handoverRule({
  id: 'caller/error-bodies',
  classic: 'callers that read `X-Ca-Error-Code`, `X-Ca-Request-Id` or bodies of errors of the service',
  apig: 'other status codes and bodies: 400 for a wrong signature, 401, 403, 404, 503',
  codes: {
    ERROR_ANSWERS: changed(
      'Answers that the gateway itself makes differ: no X-Ca-Request-Id, no X-Ca-Error-Code, other bodies; a wrong signature is 400, an unauthorized app 403. Which callers read them cannot be detected.',
      { affects: ['callers'], who: 'callers', remedy: 'Tell callers before the switch.' },
    ),
  },
  *find({ aboutGroup }, say) {
    yield say.ERROR_ANSWERS(aboutGroup);
  },
});

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
