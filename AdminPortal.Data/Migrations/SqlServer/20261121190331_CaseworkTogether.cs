using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class CaseworkTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "escalated_at",
                table: "cases",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_asked_at",
                table: "cases",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_given_at",
                table: "cases",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_until",
                table: "cases",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "number",
                table: "cases",
                type: "nvarchar(8)",
                maxLength: 8,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "opinion_asked_at",
                table: "cases",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "to_name",
                table: "case_steps",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "decision_templates",
                columns: table => new
                {
                    scheme_id = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    uphold = table.Column<bool>(type: "bit", nullable: false),
                    texts = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    edited_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_decision_templates", x => new { x.scheme_id, x.kind, x.uphold });
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    officer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    place = table.Column<int>(type: "int", nullable: false),
                    name = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    query = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_views", x => new { x.officer_id, x.place });
                    table.CheckConstraint("ck_saved_views_place", "place BETWEEN 1 AND 8");
                    table.ForeignKey(
                        name: "FK_saved_views_staff_officer_id",
                        column: x => x.officer_id,
                        principalTable: "staff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            // Cases of before have no stored number yet: it is the end of the id.
            migrationBuilder.Sql("EXEC(N'UPDATE cases SET number = UPPER(RIGHT(CONVERT(char(36), id), 8));');");

            migrationBuilder.CreateIndex(
                name: "ix_cases_decided",
                table: "cases",
                columns: new[] { "authority", "decided_at" },
                filter: "decided_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cases_number",
                table: "cases",
                column: "number");

            migrationBuilder.AddCheckConstraint(
                name: "ck_cases_evidence",
                table: "cases",
                sql: "(evidence_asked_at IS NULL AND evidence_until IS NULL AND evidence_given_at IS NULL) OR (evidence_asked_at IS NOT NULL AND evidence_until IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_cases_opinion",
                table: "cases",
                sql: "opinion_asked_at IS NULL OR state = 'Claimed'");

            migrationBuilder.CreateIndex(
                name: "ux_case_steps_one_evidence",
                table: "case_steps",
                columns: new[] { "case_id", "act" },
                unique: true,
                filter: "act = 'AskEvidence'");

            migrationBuilder.CreateIndex(
                name: "IX_saved_views_officer_id_name",
                table: "saved_views",
                columns: new[] { "officer_id", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "decision_templates");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropIndex(
                name: "ix_cases_decided",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_number",
                table: "cases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_cases_evidence",
                table: "cases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_cases_opinion",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ux_case_steps_one_evidence",
                table: "case_steps");

            migrationBuilder.DropColumn(
                name: "escalated_at",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "evidence_asked_at",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "evidence_given_at",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "evidence_until",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "number",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "opinion_asked_at",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "to_name",
                table: "case_steps");
        }
    }
}
