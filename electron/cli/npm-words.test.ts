import { expect, test } from "vitest";
import { takeBackFromNpm } from "./npm-words.ts";

const commands = new Set(["search", "doctor"]);
const exec = { npm_command: "exec" };

test("options that npm took for itself come back, whatever their order was", () => {
  const environment = { ...exec, npm_config_json: "true", npm_config_data_dir: "true", npm_config_k: "true" };
  expect(takeBackFromNpm(["5", "/tmp/none", "search", "Q"], environment, commands)).toEqual([
    "--json",
    "--data-dir",
    "/tmp/none",
    "--k",
    "5",
    "search",
    "Q",
  ]);
  expect(takeBackFromNpm(["doctor"], { ...exec, npm_config_data_dir: "/d" }, commands)).toEqual([
    "--data-dir",
    "/d",
    "doctor",
  ]);
});

test("words that fit in no one way are refused rather than guessed", () => {
  const environment = { ...exec, npm_config_data_dir: "true", npm_config_k: "true" };
  expect(() => takeBackFromNpm(["x", "y", "search", "Q"], environment, commands)).toThrow("bad-request");
  expect(() => takeBackFromNpm(["search", "Q"], environment, commands)).toThrow("bad-request");
});

test("outside npx nothing is taken back", () => {
  expect(takeBackFromNpm(["search", "Q"], { npm_config_json: "true" }, commands)).toEqual(["search", "Q"]);
  expect(takeBackFromNpm(["search", "Q"], exec, commands)).toEqual(["search", "Q"]);
});
