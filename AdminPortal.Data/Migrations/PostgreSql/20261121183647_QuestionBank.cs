using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class QuestionBank : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "question_id",
                table: "question_versions",
                type: "character varying(50)",
                maxLength: 50,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(40)",
                oldMaxLength: 40);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "drafted_at",
                table: "question_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "drafted_by_id",
                table: "question_versions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "drafted_by_key",
                table: "question_versions",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "drafted_by_name",
                table: "question_versions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                table: "question_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "retired_by_name",
                table: "question_versions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_reason",
                table: "question_versions",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reviewed_at",
                table: "question_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "reviewed_by_id",
                table: "question_versions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reviewed_by_name",
                table: "question_versions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "question_versions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "submitted_at",
                table: "question_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "wording",
                table: "question_versions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE question_versions SET wording = lower(text);");

            migrationBuilder.CreateTable(
                name: "question_bank",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    changes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_question_bank", x => x.id);
                    table.CheckConstraint("ck_question_bank_one", "id = 1");
                });

            migrationBuilder.InsertData(
                table: "question_bank",
                columns: new[] { "id", "changes" },
                values: new object[] { 1, 0 });

            migrationBuilder.CreateIndex(
                name: "ux_question_versions_one_open",
                table: "question_versions",
                column: "question_id",
                unique: true,
                filter: "state IN ('Draft', 'InReview')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_question_versions_reviewed",
                table: "question_versions",
                sql: "state <> 'Published' OR drafted_by_id IS NULL OR (reviewed_by_id IS NOT NULL AND return_reason IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_question_versions_two_persons",
                table: "question_versions",
                sql: "reviewed_by_id <> drafted_by_id");

            FrozenQuestions.GuardOnPostgreSql(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            FrozenQuestions.DropOnPostgreSql(migrationBuilder);

            migrationBuilder.DropTable(
                name: "question_bank");

            migrationBuilder.DropIndex(
                name: "ux_question_versions_one_open",
                table: "question_versions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_question_versions_reviewed",
                table: "question_versions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_question_versions_two_persons",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "drafted_at",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "drafted_by_id",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "drafted_by_key",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "drafted_by_name",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "retired_by_name",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "return_reason",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "reviewed_at",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "reviewed_by_id",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "reviewed_by_name",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "submitted_at",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "wording",
                table: "question_versions");

            migrationBuilder.AlterColumn<string>(
                name: "question_id",
                table: "question_versions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(50)",
                oldMaxLength: 50);
        }
    }
}
