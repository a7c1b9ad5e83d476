// Adds to the tables of a page what HTML cannot do: switch the period, search, sort, download.
// Figures come from script files beside the pages, so that this works from a folder too. Nothing is
// calculated: every cell is shown as the publication has it.
"use strict";
(function () {
  var arrived = {};
  var waiting = {};

  window.figuresArrived = function (name, periods) {
    arrived[name] = Object.assign(arrived[name] || {}, periods);
    (waiting[name] || []).forEach(function (next) { next(); });
    waiting[name] = [];
  };

  function load(file, name, key, done, failed) {
    if (arrived[name] && arrived[name][key]) { done(arrived[name][key]); return; }
    (waiting[name] = waiting[name] || []).push(function () {
      if (arrived[name][key]) { done(arrived[name][key]); } else { failed(); }
    });
    var script = document.createElement("script");
    script.src = file;
    script.onerror = failed;
    document.head.append(script);
  }

  // "10,545" and "−3.2" as numbers, to sort by; what is no number goes last
  function number(text) {
    var found = text.replace(/,/g, "").replace("\u2212", "-").match(/^[+-]?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  }

  function compare(first, second, numeric, direction) {
    if (!numeric) { return direction * first.localeCompare(second, "en-GB", { numeric: true }); }
    var a = number(first);
    var b = number(second);
    if (a === null || b === null) { return (a === null) - (b === null); }
    return direction * (a - b);
  }

  function plain(cell) {
    var text = cell.textContent.trim();
    if (text === "\u2013") { return ""; }
    var value = cell.classList.contains("number") ? text.replace(/,/g, "").replace("\u2212", "-") : text;
    if (/^[+-]?\d+(\.\d+)?$/.test(value)) { return value.replace("+", ""); }
    return '"' + (/^[=+\-@\t]/.test(text) ? "'" : "") + text.replace(/"/g, '""') + '"';
  }

  function enhance(root) {
    var form = root.querySelector("form");
    var select = form.querySelector("select");
    var search = form.querySelector("input");
    var status = root.querySelector("[role=status]");
    var table = root.querySelector("table");
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var sorted = null;

    function rows() { return Array.prototype.slice.call(body.rows); }

    function filter() {
      var wanted = search.value.trim().toLowerCase();
      var left = 0;
      rows().forEach(function (row) {
        var texts = Array.prototype.map.call(row.cells, function (cell) { return cell.textContent; });
        row.hidden = wanted !== "" && texts.join(" ").toLowerCase().indexOf(wanted) < 0;
        left += row.hidden ? 0 : 1;
      });
      status.textContent = wanted ? left + " of " + body.rows.length + " rows match" : "";
    }

    function sort(place, direction) {
      sorted = { place: place, direction: direction };
      heads.forEach(function (head, number) {
        head.setAttribute("aria-sort",
          number !== place ? "none" : direction > 0 ? "ascending" : "descending");
      });
      var numeric = heads[place].classList.contains("number");
      rows().sort(function (first, second) {
        return compare(first.cells[place].textContent.trim(), second.cells[place].textContent.trim(),
          numeric, direction);
      }).forEach(function (row) { body.append(row); });
    }

    function show(period) {
      table.caption.textContent = period.caption;
      table.parentElement.setAttribute("aria-label", period.caption);
      // the index shows the headline indicators of an area, whose file has them all
      var only = root.dataset.only ? root.dataset.only.split(" ") : null;
      body.replaceChildren.apply(body, period.rows.filter(function (cells) {
        return !only || only.indexOf(cells[0]) >= 0;
      }).map(function (cells) {
        var row = document.createElement("tr");
        cells.slice(1).forEach(function (text, place) {
          var cell = document.createElement(place ? "td" : "th");
          if (place) {
            cell.textContent = text;
            if (heads[place].classList.contains("number")) { cell.className = "number"; }
          } else {
            var link = document.createElement("a");
            link.href = table.dataset.link + cells[0] + ".html";
            link.textContent = text;
            cell.scope = "row";
            cell.append(link);
          }
          row.append(cell);
        });
        return row;
      }));
      var list = root.querySelector(".sentences ul");
      if (list) {
        list.replaceChildren.apply(list, period.sentences.map(function (text) {
          var item = document.createElement("li");
          item.textContent = text;
          return item;
        }));
      }
      if (sorted) { sort(sorted.place, sorted.direction); }
      filter();
      if (!status.textContent) { status.textContent = "Now shown: " + period.caption; }
    }

    function download() {
      var page = document.body.dataset;
      var lines = (page.synthetic ? ["# Warning: " + page.synthetic] : []).concat([
        "# Title: " + table.caption.textContent,
        "# Publication: " + page.publication,
        "# Source and extract: " + page.sources,
        "# Licence: " + page.licence
      ]).map(function (line) { return '"' + line.replace(/"/g, '""') + '"'; });
      lines.push(heads.map(plain).join(","));
      rows().forEach(function (row) {
        if (!row.hidden) { lines.push(Array.prototype.map.call(row.cells, plain).join(",")); }
      });
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
      link.download = table.caption.textContent.toLowerCase().replace(/[^a-z0-9]+/g, "-") + ".csv";
      link.click();
      URL.revokeObjectURL(link.href);
    }

    heads.forEach(function (head, place) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        sort(place, sorted && sorted.place === place ? -sorted.direction : 1);
      });
    });
    search.addEventListener("input", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.querySelector("button").addEventListener("click", download);
    if (select) {
      var pattern = root.dataset.periods;
      select.addEventListener("change", function () {
        var key = select.value;
        var file = pattern.replace("{period}", key);
        load(file, file.replace(/^(\.\.\/)*data\//, "").replace(/\.js$/, ""), key, function (period) {
          if (select.value === key) { show(period); }
        }, function () {
          status.textContent = "The figures of this period could not be loaded. The table shows the period before.";
        });
      });
      Array.prototype.forEach.call(root.querySelectorAll(".without-script"), function (other) {
        other.remove();
      });
    }
    form.hidden = false;
  }

  document.querySelectorAll(".figures").forEach(enhance);
})();
