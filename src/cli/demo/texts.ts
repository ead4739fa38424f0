import type { AgentActivityType, AgentType } from '../../client/index.ts';

/** What a user asks an agent, what it answers, and what it did. `{repo}`, `{n}`, `{person}` and `{project}` are filled in. */
export interface Exchange {
  readonly ask: string;
  readonly answer: string;
  /** What is logged besides. */
  readonly did?: readonly [AgentActivityType, string];
  /** Why it failed, as it stands in the metadata. */
  readonly error?: string;
}

/** The people of the demo, who come in this order; after the last they begin again, with a number. */
export const PEOPLE = [
  'maya.okafor',
  'jonas.weber',
  'li.na',
  'sofia.rossi',
  'arjun.mehta',
  'emma.lindqvist',
  'tomas.novak',
  'aisha.rahman',
  'lucas.moreau',
  'yuki.tanaka',
  'hanna.kowalska',
  'diego.alvarez',
  'freya.jensen',
  'omar.haddad',
  'chloe.dubois',
  'mateus.silva',
  'ingrid.berg',
  'noah.cohen',
  'priya.nair',
  'ben.osei',
  'klara.horvat',
  'sam.taylor',
  'elif.demir',
  'viktor.petrov',
  'nora.obrien',
  'kwame.mensah',
  'zoe.papadakis',
  'rafael.costa',
  'minh.tran',
  'anna.schmid',
] as const;

export const REPOS = [
  'acme/site',
  'acme/shop',
  'acme/mobile',
  'acme/infra',
  'acme/docs',
  'acme/billing',
] as const;
export const PROJECTS = [
  'Website relaunch',
  'Q4 hiring',
  'Billing v2',
  'Customer onboarding',
  'Office move',
] as const;
export const COLLEAGUES = [
  'Zoë',
  'Marek',
  'Ana',
  'Kenji',
  'Fatima',
  'Paul',
  'Ingrid',
  'the design team',
] as const;

/** What leases of tokens are for. */
export const PURPOSES: Readonly<Record<AgentType, readonly string[]>> = {
  GitHub: ['list open issues', 'open a pull request', 'read the review comments'],
  Asana: ['list tasks that are due', 'create a task'],
  Gmail: ['read unread mail', 'send a reply'],
  Calendar: ['find a free hour', 'create a meeting'],
  InFoundr: ['read the runway report', 'update the investor list'],
};

export const EXCHANGES: Readonly<Record<AgentType, readonly Exchange[]>> = {
  GitHub: [
    {
      ask: 'List the open issues in {repo}',
      answer:
        'There are {n} open issues in {repo}; two are labelled "bug": the login redirect and the broken CSV export.',
    },
    {
      ask: 'Create an issue: the login page loops after the password reset',
      answer: 'Created issue #{n} "Login page loops after password reset" in {repo}, labelled bug.',
      did: ['IssueCreated', 'Issue #{n} created in {repo}'],
    },
    {
      ask: 'Open a pull request from fix/login-loop to main',
      answer: 'Opened pull request #{n}. Checks are running; {person} is asked for a review.',
      did: ['PullRequestCreated', 'Pull request #{n} opened in {repo}'],
    },
    {
      ask: 'What did {person} say in the review of #{n}?',
      answer:
        '{person} asks for a test of the expired token and a shorter name for the helper. Nothing else blocks.',
    },
    {
      ask: 'Which pull requests wait for me?',
      answer: 'Three: #{n} (2 days), "Bump fastify" (1 day), and the docs of the billing export (today).',
    },
    {
      ask: 'Close the stale issues of {repo}',
      answer:
        'Closed {n} issues without activity for 90 days, each with a comment that says how to open it again.',
      did: ['TaskUpdated', '{n} stale issues closed in {repo}'],
    },
    {
      ask: 'Merge #{n} if the checks are green',
      answer:
        'The check "e2e (firefox)" failed, so I did not merge. The failing test is "checkout keeps the cart".',
    },
    {
      ask: 'Draft the release notes since the last tag',
      answer: 'Drafted: {n} changes, of which 3 are breaking. The draft is in the releases of {repo}.',
    },
    {
      ask: 'Push the fix to main',
      answer: 'GitHub refused: main is protected and needs a pull request.',
      error: 'protected_branch',
    },
    {
      ask: 'Search the code for the old API key name',
      answer: 'GitHub allows no more searches for 48 seconds. I will try again then.',
      error: 'secondary_rate_limit',
    },
  ],
  Asana: [
    {
      ask: 'What is due today?',
      answer: 'Two tasks: "Send the invoice to Northwind" and "Slides for Thursday".',
    },
    {
      ask: 'Add a task: call the landlord about the keys',
      answer: 'Added "Call the landlord about the keys" to {project}, due tomorrow.',
      did: ['TaskCreated', 'Task added to {project}'],
    },
    {
      ask: 'Move the copy review to {person}',
      answer: '"Review the copy" now belongs to {person}, due Friday.',
      did: ['TaskUpdated', 'Task given to {person}'],
    },
    {
      ask: 'How far is {project}?',
      answer: '{project}: {n} of 64 tasks are done, 4 are late. The late ones all wait for legal.',
    },
    {
      ask: 'Mark the venue as booked',
      answer: 'Done: "Book the venue" is complete.',
      did: ['TaskUpdated', '"Book the venue" completed'],
    },
    {
      ask: 'Summarise what the team finished this week',
      answer: '{n} tasks were finished, most of them in {project}. {person} finished the most.',
    },
    {
      ask: 'Create a project for the spring campaign',
      answer: 'Asana says that your seat may not create projects in this workspace.',
      error: 'forbidden',
    },
  ],
  Gmail: [
    {
      ask: 'Anything urgent in my mail?',
      answer:
        'One: {person} needs your signature by noon. {n} other unread messages are newsletters and receipts.',
      did: ['EmailRead', '{n} unread messages read'],
    },
    {
      ask: 'Reply to {person} that Thursday works',
      answer: 'Sent: "Thursday works for me, see you at ten."',
      did: ['EmailSent', 'Reply sent to {person}'],
    },
    {
      ask: 'Send the weekly report to {person}',
      answer: 'Sent the report with the attachment report-w47.pdf.',
      did: ['EmailSent', 'Weekly report sent to {person}'],
    },
    {
      ask: 'Find the contract with Northwind',
      answer: 'It is attached to the mail of 3 November from {person}, "Northwind MSA, signed".',
      did: ['EmailRead', 'Mail from {person} read'],
    },
    {
      ask: 'Archive everything from the build server',
      answer: 'Archived {n} messages, and made a filter for those to come.',
    },
    {
      ask: 'Draft a polite no to the conference invitation',
      answer:
        'The draft is in your drafts folder. It thanks them, says no, and proposes {person} in your place.',
    },
    {
      ask: 'Forward the photos to {person}',
      answer: 'The attachments are 38 MB together; Gmail takes 25 MB. Shall I send a link?',
      error: 'message_too_large',
    },
  ],
  Calendar: [
    {
      ask: 'Find an hour with {person} this week',
      answer: 'Wednesday 14:00 and Friday 9:30 are free for both of you.',
    },
    {
      ask: 'Book Wednesday 14:00',
      answer: 'Booked "Planning with {person}" on Wednesday 14:00 to 15:00; the invitation is sent.',
      did: ['MeetingScheduled', 'Meeting with {person} scheduled'],
    },
    {
      ask: 'What does tomorrow look like?',
      answer:
        '{n} hours of meetings, and a free morning until 10:30. Lunch collides with the stand-up of {project}.',
    },
    {
      ask: 'Move the dentist to next month',
      answer: 'Moved to the 9th at 8:15. Nothing else is on that morning.',
      did: ['MeetingScheduled', 'Appointment moved'],
    },
    {
      ask: 'Block two hours for writing',
      answer: 'Blocked Thursday 9:00 to 11:00 as "Writing".',
      did: ['MeetingScheduled', 'Writing time blocked'],
    },
    {
      ask: 'Book the big room for Friday',
      answer: 'The big room is taken all Friday. The small one is free from 13:00.',
      error: 'resource_busy',
    },
  ],
  InFoundr: [
    {
      ask: 'How long is our runway?',
      answer: 'At the burn of the last three months the cash lasts {n} months.',
    },
    {
      ask: 'Update the investor list with {person}',
      answer: 'Added {person} as "interested", next step: send the deck.',
      did: ['TaskUpdated', 'Investor list updated'],
    },
    {
      ask: 'Compare our burn with the plan',
      answer: 'October was 6 % under the plan; hosting was {n} % over it.',
    },
    {
      ask: 'Refresh the metrics of the pitch deck',
      answer: 'The spreadsheet behind the deck cannot be reached: the sharing link was withdrawn.',
      error: 'source_unavailable',
    },
  ],
};
