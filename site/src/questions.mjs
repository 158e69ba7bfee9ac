// What a new user asks first, and how the answer is found from the first page: the texts of the links to follow, three at most, and a
// sentence of the page that answers.
export const QUESTIONS = [
  { question: 'How do I try it without an account?', clicks: ['Tutorial'], answer: 'no account is needed' },
  {
    question: 'How do I find out why calls do not reach my backend?',
    clicks: ['checks of paths'],
    answer: 'path/security-group',
  },
  {
    question: 'How do I take over a gateway and a link that exist?',
    clicks: ['Adopt what exists'],
    answer: 'writes a spec of the current state',
  },
  {
    question: 'How do I replace a link without losing calls?',
    clicks: ['Replace a link'],
    answer: 'The new link is tested before a route uses it',
  },
  {
    question: 'How do I move an API group to another instance?',
    clicks: ['Move an API group'],
    answer: 'from one VPC integration instance to another',
  },
  {
    question: 'How do I write the key for a timeout of a route?',
    clicks: ['Keys of a spec'],
    answer: 'timeout',
  },
  {
    question: 'How do I make CI fail at warnings?',
    clicks: ['commands', 'check'],
    answer: '--fail-on <level>',
  },
  {
    question: 'How do I limit what Postern may do in my account?',
    clicks: ['Trust'],
    answer: 'postern snapshot --policy',
  },
  {
    question: 'How do I create a route from a program?',
    clicks: ['Reference', 'Entries', '@postern/core'],
    answer: 'ensureRoute',
  },
  {
    question: 'How do I know which gateway and link fit, and what they cost?',
    clicks: ['Plan capacity and cost'],
    answer: 'postern advise',
  },
  { question: 'How do I install it?', clicks: ['Install'], answer: 'npm install --global' },
  {
    question: 'How do I see what an exit status means?',
    clicks: ['exit statuses'],
    answer: 'wrong usage or invalid input',
  },
  {
    question: 'How do I accept a finding for some time?',
    clicks: ['ignore in a spec'],
    answer: 'The last day on which the finding is ignored',
  },
  {
    question: 'How do I use it where Terraform has the load balancer?',
    clicks: ['Comparison with other tools'],
    answer: 'Let one tool own each route',
  },
  { question: 'How do I delete all that a spec owns?', clicks: ['commands', 'destroy'], answer: '--delete-instances' },
  {
    question: 'How do I write a policy for what apply calls?',
    clicks: ['Trust', 'AWS'],
    answer: 'AuthorizeSecurityGroupEgress',
  },
  { question: 'How do I apply specs in many accounts?', clicks: ['Many specs: fleets'], answer: 'fleet.yaml' },
  {
    question: 'How do I declare a route of a REST API?',
    clicks: ['Keys of a spec'],
    answer: 'A REST API and a WebSocket API',
  },
  {
    question: 'How do I know which addresses my firewall has to allow?',
    clicks: ['Where calls come from'],
    answer: 'postern egress',
  },
  {
    question: 'How do I go on after apply was killed?',
    clicks: ['Trust'],
    answer: 'continued by the same command',
  },
];
