import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import type { ServiceMethod } from '../../json-interface/methods/service-method.ts';
import { ProblemError } from '../problems/problem.ts';
import { windowOf } from './text-window.ts';

/** Room for what is said of a part. */
const NOTE_CHARACTERS = 1000;
/** How often a page is asked for with fewer records: records differ in size. */
const MOST_QUESTIONS = 8;

/** What a model asks for. */
export interface Question {
  readonly caller: Caller;
  readonly method: ServiceMethod;
  readonly values: JsonObject;
  /** Long texts are shown from this character on. */
  readonly textsFrom: number;
  /** The longest JSON that a model is given. */
  readonly characters: number;
}

/** The texts of an answer that are longer than what is shown of them. */
export interface CutNote {
  /** The field with the longest text, and its characters. */
  readonly field: string;
  readonly characters: number;
  /** What `texts_from` is to be for the next part. */
  readonly next_texts_from: number;
}

/** An answer that a model can take. */
export interface BoundedAnswer {
  readonly result: unknown;
  readonly cut?: CutNote;
}

interface Page {
  readonly items: readonly unknown[];
  readonly [field: string]: unknown;
}

/**
 * The answer of a method with at most so many characters of JSON. A page has as many records as fit, and the cursor for those that follow; of a record that
 * does not fit by itself, long texts are cut, and it says where they go on. Rejects as the service does, with `NotFound` for a record that is not there, and with
 * `AnswerTooLarge` where nothing helps.
 */
export async function boundedAnswer(question: Question): Promise<BoundedAnswer> {
  const { caller, method, values, textsFrom, characters } = question;
  const room = characters - NOTE_CHARACTERS;
  let result = await caller.call(method, values);
  if (result === null && method.answer?.present !== undefined) {
    throw new ProblemError('NotFound', 'there is no such record, or the caller may not see it');
  }
  for (let questions = 1; questions < MOST_QUESTIONS; questions++) {
    if (!isPage(result) || result.items.length <= 1 || sizeOf(result) <= room) break;
    const limit = questions === MOST_QUESTIONS - 1 ? 1 : itemsThatFit(result, room);
    result = await caller.call(method, { ...values, limit });
  }
  const window = windowOf(result, textsFrom, room);
  if (window === undefined) {
    throw new ProblemError('AnswerTooLarge', `the answer has more than ${characters} characters`);
  }
  const { value, next, longest } = window;
  if (next === undefined || longest === undefined) return { result: value };
  return { result: value, cut: { ...longest, next_texts_from: next } };
}

function isPage(answer: unknown): answer is Page {
  return typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items);
}

function itemsThatFit({ items }: Page, room: number): number {
  let used = 0;
  const fitting = items.findIndex((item) => (used += sizeOf(item) + 1) > room);
  // One by itself is cut.
  return Math.max(1, fitting === -1 ? items.length - 1 : fitting);
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}
